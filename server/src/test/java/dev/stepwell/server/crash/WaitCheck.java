package dev.stepwell.server.crash;

import dev.stepwell.server.crash.LedgerLine.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Holds the pauses of one run against the clock, and its wait against the answers that came. */
final class WaitCheck {

  private static final Set<String> TEXTS = Set.of("a", "b");
  private static final String TIMED_OUT = "timed_out";

  private final Seen.Run run;
  private final Asked asked;
  private final List<LedgerLine> lines;
  private final List<String> violations = new ArrayList<>();

  private WaitCheck(Seen.Run run, Asked asked, List<LedgerLine> lines) {
    this.run = run;
    this.asked = asked;
    this.lines = lines;
  }

  /**
   * Checks a run.
   *
   * @param lines of this run
   */
  static List<String> violations(Seen.Run run, Asked asked, List<LedgerLine> lines) {
    var check = new WaitCheck(run, asked, lines);
    run.step("nap").ifPresent(check::checkNap);
    run.step("answer").ifPresent(check::checkWait);
    return check.violations;
  }

  /** What the run has learned by its wait, as it is stored. */
  static String heard(Seen.Run run) {
    return run.step("answer")
        .map(step -> isTimedOut(step) ? CrashFunctions.NO_ANSWER : step.output())
        .orElse("nothing");
  }

  private static boolean isTimedOut(Seen.Step step) {
    return step.phase().equals(TIMED_OUT);
  }

  private void checkNap(Seen.Step nap) {
    var slept = endOfStored("before").orElse(Long.MAX_VALUE - asked.pauseMillis());
    checkNotBefore("after", slept + asked.pauseMillis());
    checkNotBefore("after", nap.untilMillis().orElse(Long.MAX_VALUE));
  }

  /** When the code whose result is stored returned it. */
  private OptionalLong endOfStored(String step) {
    var stored = run.step(step).map(Seen.Step::output).orElse("");
    return lines.stream()
        .filter(line -> line.is(step, Mark.END) && line.token().equals(stored))
        .mapToLong(LedgerLine::wallMillis)
        .findFirst();
  }

  private void checkNotBefore(String step, long millis) {
    for (var line : lines) {
      if (line.is(step, Mark.BEGIN) && line.wallMillis() < millis) {
        violation("%s began at %d, before %d".formatted(step, line.wallMillis(), millis));
      }
    }
  }

  private void checkWait(Seen.Step wait) {
    var inTime = asked.answers() == Asked.Answers.IN_TIME;
    if (isTimedOut(wait)) {
      checkNotBefore("hear", wait.startedAtMillis() + asked.pauseMillis());
      if (inTime) {
        violation("missed its answer");
      }
    } else if (!inTime || !TEXTS.contains(heard(run))) {
      violation("heard '%s', which nobody said in time".formatted(heard(run)));
    }
  }

  private void violation(String what) {
    violations.add("run %s of %s: %s".formatted(run.id(), run.function(), what));
  }
}
