package dev.stepwell.server.crash;

import dev.stepwell.server.crash.LedgerLine.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds everything that happened against everything that was asked for. */
final class Checker {

  private static final String COMPLETED = "Completed";

  private final Evidence evidence;
  private final Map<String, Seen.Event> events;
  private final Map<String, List<LedgerLine>> lines;
  private final Map<List<String>, Long> counts;
  private final Map<String, String> functions;
  private final List<String> violations = new ArrayList<>();

  private Checker(Evidence evidence) {
    this.evidence = evidence;
    this.events =
        evidence.events().stream().collect(Collectors.toMap(Seen.Event::id, event -> event));
    this.lines = evidence.ledger().stream().collect(Collectors.groupingBy(LedgerLine::runId));
    this.counts =
        evidence.runs().stream()
            .collect(
                Collectors.groupingBy(
                    run -> List.of(run.function(), about(run)), Collectors.counting()));
    this.functions =
        evidence.runs().stream().collect(Collectors.toMap(Seen.Run::id, Seen.Run::function));
  }

  static Verdict check(Evidence evidence) {
    var checker = new Checker(evidence);
    evidence.runs().forEach(checker::checkRun);
    checker.checkLedger();
    checker.checkAsked();
    checker.checkFollowing();
    return checker.verdict();
  }

  private Verdict verdict() {
    var begun = evidence.ledger().stream().filter(line -> line.mark() == Mark.BEGIN).count();
    var failed = evidence.ledger().stream().filter(line -> line.mark() == Mark.FAIL).count();
    var stepsBegun =
        evidence.ledger().stream()
            .filter(line -> line.mark() == Mark.BEGIN)
            .map(line -> line.runId() + line.step())
            .distinct()
            .count();
    var repeated = begun - failed - stepsBegun;
    return new Verdict(violations, evidence.runs().size(), (int) begun, (int) repeated);
  }

  private void checkRun(Seen.Run run) {
    if (!run.status().equals(COMPLETED)) {
      violation("run %s of %s is %s".formatted(run.id(), run.function(), run.status()));
    }
    if (!run.listed().equals(run.status()) || run.endedAtMillis().isEmpty()) {
      violation("run %s is listed as %s".formatted(run.id(), run.listed()));
    }
    var own = lines.getOrDefault(run.id(), List.of());
    for (var line : own) {
      if (!line.function().equals(run.function()) || !line.key().equals(about(run))) {
        violation("run %s was executed as another: %s".formatted(run.id(), line));
      }
    }
    violations.addAll(RunCheck.violations(run, own, evidence.onlyKills()));
    var asked = evidence.asked().get(about(run));
    if (asked != null && asked.function().equals(run.function())) {
      violations.addAll(WaitCheck.violations(run, asked, own));
    }
  }

  private String about(Seen.Run run) {
    var event = events.get(run.eventId());
    return event == null ? "" : event.about();
  }

  /** Nothing happened outside a run. */
  private void checkLedger() {
    lines.forEach((id, own) -> {
      if (!functions.containsKey(id)) {
        violation("%s was executed, and is not listed".formatted(own.getFirst()));
      }
    });
  }

  /** One run for all that was acknowledged, one at most for what may have arrived, no others. */
  private void checkAsked() {
    for (var asked : evidence.asked().values()) {
      var runs = runs(asked.function(), asked.key());
      var acknowledged = evidence.acknowledged().contains(asked.key());
      if (runs > 1 || acknowledged && runs == 0) {
        violation("%s has %d runs of %s".formatted(asked.key(), runs, asked.function()));
      }
      if (runs > 0 && !evidence.attempted().contains(asked.key())) {
        violation("%s ran, and was never sent".formatted(asked.key()));
      }
    }
  }

  private long runs(String function, String about) {
    return counts.getOrDefault(List.of(function, about), 0L);
  }

  /** A run that calls has one run called, a run that works is heard of once; nobody else is. */
  private void checkFollowing() {
    for (var run : evidence.runs()) {
      var key = about(run);
      var due =
          switch (run.function()) {
            case CrashFunctions.CALL -> runs(CrashFunctions.CALLED, key);
            case CrashFunctions.WORK -> runs(CrashFunctions.WATCH, run.id());
            case CrashFunctions.CALLED -> runs(CrashFunctions.CALL, key);
            case CrashFunctions.WATCH ->
                functions.getOrDefault(key, "").equals(CrashFunctions.WORK) ? 1L : 0L;
            default -> evidence.asked().containsKey(key) ? 1L : 0L;
          };
      if (due != 1) {
        violation("run %s of %s has %d others, not 1".formatted(run.id(), run.function(), due));
      }
    }
  }

  private void violation(String what) {
    violations.add(what);
  }
}
