package dev.stepwell.server.crash;

import dev.stepwell.server.crash.LedgerLine.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How long after its node's death a run goes on that was in the middle of its work, by the ledger.
 */
final class Resumption {

  private Resumption() {}

  /**
   * In milliseconds, ascending: one for each execution of a step that a kill has cut off, or whose
   * result it has kept from being stored.
   */
  static List<Long> delays(List<LedgerLine> ledger, List<Fleet.Kill> kills) {
    Map<Integer, Long> deaths =
        kills.stream().collect(Collectors.toMap(Fleet.Kill::life, Fleet.Kill::atMillis));
    var delays = new ArrayList<Long>();
    ledger.stream().collect(Collectors.groupingBy(LedgerLine::runId)).values().stream()
        .flatMap(
            run -> run.stream().collect(Collectors.groupingBy(LedgerLine::step)).values().stream())
        .forEach(lines -> {
          for (var i = 0; i + 1 < lines.size(); i++) {
            var line = lines.get(i);
            var died = deaths.get(line.life());
            var next = lines.get(i + 1);
            if (line.mark() != Mark.FAIL && died != null && next.life() != line.life()) {
              delays.add(Math.max(0, next.wallMillis() - died));
            }
          }
        });
    return delays.stream().sorted().toList();
  }
}
