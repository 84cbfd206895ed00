package dev.stepwell.server.crash;

import dev.stepwell.server.crash.LedgerLine.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Holds one run against what its steps wrote in the ledger: whatever was stored is never executed
 * again, and what comes later was given what was stored. Trusts the order of the ledger, no clock.
 */
final class RunCheck {

  private final Seen.Run run;
  private final List<LedgerLine> lines;
  private final List<List<String>> stages;
  private final List<String> violations = new ArrayList<>();

  private RunCheck(Seen.Run run, List<LedgerLine> lines) {
    this.run = run;
    this.lines = lines;
    this.stages = CrashFunctions.STAGES.getOrDefault(run.function(), List.of());
  }

  /**
   * Checks a run.
   *
   * @param lines of this run, in the order of the ledger
   * @param onlyKills see {@link Evidence}
   */
  static List<String> violations(Seen.Run run, List<LedgerLine> lines, boolean onlyKills) {
    var check = new RunCheck(run, lines);
    check.checkOrder();
    if (onlyKills) {
      check.stages.forEach(stage -> stage.forEach(check::checkLives));
    }
    for (var stage : check.stages) {
      stage.forEach(check::checkStep);
    }
    if (run.status().equals("Completed")) {
      check.checkOutput();
    }
    return check.violations;
  }

  /** A step is stored before the next one begins: once a stage has begun, none before it does. */
  private void checkOrder() {
    var reached = 0;
    for (var line : lines) {
      var stage = stage(line.step());
      if (stage < 0) {
        violation("%s is no step of it".formatted(line.step()));
      } else if (line.mark() == Mark.BEGIN && stage < reached) {
        violation("%s began again after a later step had begun".formatted(line.step()));
      }
      reached = Math.max(reached, stage);
    }
  }

  private int stage(String step) {
    for (var i = 0; i < stages.size(); i++) {
      if (stages.get(i).contains(step)) {
        return i;
      }
    }
    return -1;
  }

  private void checkStep(String step) {
    var stored = run.step(step).filter(seen -> seen.phase().equals("completed"));
    if (stored.isEmpty()) {
      if (run.status().equals("Completed")) {
        violation("it has completed without a result of " + step);
      }
      return;
    }
    var end = endWith(step, stored.get().output());
    if (end < 0) {
      violation("%s has a result that its code never returned".formatted(step));
      return;
    }
    if (lines.subList(end, lines.size()).stream().anyMatch(line -> line.is(step, Mark.BEGIN))) {
      violation("%s was executed again after its result was stored".formatted(step));
    }
    var begun = lines.stream().filter(line -> line.is(step, Mark.BEGIN)).count();
    if (stored.get().attempts() > begun) {
      violation("%s has more attempts than executions".formatted(step));
    }
    checkGiven(step);
  }

  /** Without a kill in between, only what has failed is executed again. */
  private void checkLives(String step) {
    var begun = countByLife(step, Mark.BEGIN);
    var failed = countByLife(step, Mark.FAIL);
    begun.forEach((life, times) -> {
      if (times > 1 + failed.getOrDefault(life, 0L)) {
        violation("%s was executed %d times in one life".formatted(step, times));
      }
    });
  }

  private Map<Integer, Long> countByLife(String step, Mark mark) {
    return lines.stream()
        .filter(line -> line.is(step, mark))
        .collect(Collectors.groupingBy(LedgerLine::life, Collectors.counting()));
  }

  private int endWith(String step, String token) {
    for (var i = 0; i < lines.size(); i++) {
      if (lines.get(i).is(step, Mark.END) && lines.get(i).token().equals(token)) {
        return i;
      }
    }
    return -1;
  }

  private void checkGiven(String step) {
    var due = given(step);
    for (var line : lines) {
      if (line.is(step, Mark.BEGIN) && !line.token().equals(due)) {
        violation("%s was given '%s', and '%s' is stored".formatted(step, line.token(), due));
      }
    }
  }

  /** What the stored results of earlier steps say that {@code step} is given. */
  private String given(String step) {
    return switch (step) {
      case "second" -> stored("first");
      case "third" -> stored("second");
      case "flaky" -> stored("third");
      case "after" -> stored("before");
      case "left", "right" -> stored("prepare");
      case "collect" -> stored("left") + "," + stored("right") + "," + stored("invoke");
      case "hear" -> WaitCheck.heard(run);
      default -> "";
    };
  }

  private String stored(String step) {
    return run.step(step).map(Seen.Step::output).orElse("nothing");
  }

  private void checkOutput() {
    if (!stages.isEmpty() && !run.output().equals(stored(stages.getLast().getFirst()))) {
      violation("its outcome is not what its last step returned");
    }
  }

  private void violation(String what) {
    violations.add("run %s of %s: %s".formatted(run.id(), run.function(), what));
  }
}
