package dev.stepwell.testkit.crash;

import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the ledger from its first line to the last, and says what must not have happened so. */
final class LedgerCheck {

  private record Step(Ulid run, String name) {}

  private final List<String> violations = new ArrayList<>();

  /** Steps whose code has begun in this life, and of which nothing is stored since. */
  private final Set<Step> begun = new HashSet<>();

  private final Set<Step> executing = new HashSet<>();
  private final Set<Step> stored = new HashSet<>();
  private final Set<Ulid> over = new HashSet<>();

  /** Until when a step, or under an empty name a function's own code, is to pause. */
  private final Map<Step, Long> pauses = new HashMap<>();

  private final Map<Ulid, String> functions;
  private final Map<String, Integer> limits;

  private LedgerCheck(Map<Ulid, String> functions, Map<String, Integer> limits) {
    this.functions = functions;
    this.limits = limits;
  }

  /**
   * Checks a whole ledger.
   *
   * @param functions of the runs
   * @param limits how many steps of a function may execute at once
   */
  static List<String> violations(
      List<Ledger.Line> lines, Map<Ulid, String> functions, Map<String, Integer> limits) {
    var check = new LedgerCheck(functions, limits);
    lines.forEach(check::read);
    return check.violations;
  }

  private void read(Ledger.Line line) {
    switch (line) {
      case Ledger.Born _ -> {
        begun.clear();
        executing.clear();
      }
      case Ledger.Opened(var run, var attempt, var at) -> {
        if (attempt > 1) {
          requirePause(new Step(run, ""), at);
        }
      }
      case Ledger.Began(var run, var step, var at) -> begin(new Step(run, step), at);
      case Ledger.Ended(var run, var step, _) -> executing.remove(new Step(run, step));
      case Ledger.Passed(var run, var step, var at) -> requirePause(new Step(run, step), at);
      case Ledger.Stored(var run, var fact) -> store(run, fact);
    }
  }

  private void begin(Step step, long atMillis) {
    if (stored.contains(step)) {
      violations.add("%s was executed after its result was stored (I2)".formatted(step));
    }
    if (!begun.add(step)) {
      violations.add("%s was executed twice in one life (I2)".formatted(step));
    }
    if (over.contains(step.run())) {
      violations.add("%s was executed after the end of its run (I3)".formatted(step));
    }
    requirePause(step, atMillis);
    executing.add(step);
    var function = functions.getOrDefault(step.run(), "");
    var limit = limits.getOrDefault(function, Integer.MAX_VALUE);
    if (executing.stream().filter(any -> isOf(any, function)).count() > limit) {
      violations.add("%s was executed as one too many of %s".formatted(step, function));
    }
  }

  private boolean isOf(Step step, String function) {
    return functions.getOrDefault(step.run(), "").equals(function);
  }

  private void requirePause(Step step, long atMillis) {
    if (atMillis < pauses.getOrDefault(step, 0L)) {
      violations.add("%s went on at %d, too early (I4)".formatted(step, atMillis));
    }
  }

  private void store(Ulid run, RunFact fact) {
    switch (fact) {
      case RunFact.StepSucceeded f -> stored.add(new Step(run, f.step()));
      case RunFact.StepFailed f -> stored.add(new Step(run, f.step()));
      case RunFact.StepAttemptFailed f -> {
        begun.remove(new Step(run, f.step()));
        pauses.put(new Step(run, f.step()), f.retryAtMillis());
      }
      case RunFact.AttemptFailed f -> pauses.put(new Step(run, ""), f.retryAtMillis());
      case RunFact.SleepStarted f -> pauses.put(new Step(run, f.step()), f.untilMillis());
      case RunFact.Ended _ -> over.add(run);
      default -> {}
    }
  }
}
