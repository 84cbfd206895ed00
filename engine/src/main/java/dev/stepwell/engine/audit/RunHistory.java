package dev.stepwell.engine.audit;

import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.run.RunFactCodec;
import dev.stepwell.engine.run.RunState;
import dev.stepwell.engine.run.StepState;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run as its facts tell it, looked at one by one.
 *
 * @param state after the last fact that could be applied
 * @param violations that the facts show by themselves
 */
record RunHistory(RunState state, List<Violation> violations) {

  static RunHistory of(Ulid runId, List<byte[]> facts) {
    var violations = new ArrayList<Violation>();
    var state = RunState.ABSENT;
    for (var bytes : facts) {
      try {
        var fact = RunFactCodec.INSTANCE.decode(bytes);
        var before = state;
        violation(before, fact)
            .map(found -> new Violation(found.rule(), runId.toString(), found.sentence()))
            .ifPresent(violations::add);
        state = before.apply(fact);
      } catch (RuntimeException e) {
        var rule = state instanceof RunState.Ended ? Violation.ONE_END : Violation.SAME_STATE;
        violations.add(new Violation(rule, runId.toString(), String.valueOf(e.getMessage())));
        break;
      }
    }
    return new RunHistory(state, List.copyOf(violations));
  }

  private record Found(String rule, String sentence) {}

  private static Optional<Found> violation(RunState before, RunFact fact) {
    return switch (fact) {
      case RunFact.StepPlanned(var step, _, _) -> again(before, step);
      case RunFact.StepSucceeded(var step, _, _, _) -> again(before, step);
      case RunFact.StepFailed(var step, _, _, _) -> again(before, step);
      case RunFact.StepAttemptFailed(var step, _, _, _, _) -> again(before, step);
      case RunFact.SleepStarted(var step, _, _) -> again(before, step);
      case RunFact.WaitStarted(var step, _, _, _, _) -> again(before, step);
      case RunFact.InvokeStarted(var step, _, _, _, _) -> again(before, step);
      case RunFact.WaitTimedOut(var step, var at) -> early(before, step, at);
      default -> Optional.empty();
    };
  }

  /** Something else for a step that is over, or has turned out to be of another kind. */
  private static Optional<Found> again(RunState before, String step) {
    var known = before instanceof RunState.Active run ? run.step(step) : null;
    var isOpen = known instanceof StepState.Retrying || known instanceof StepState.Planned;
    return known == null || isOpen
        ? Optional.empty()
        : Optional.of(
            new Found(
                Violation.ONE_RESULT,
                "step '%s' was %s, and something else is recorded of it"
                    .formatted(step, known.getClass().getSimpleName())));
  }

  private static Optional<Found> early(RunState before, String step, long atMillis) {
    return before instanceof RunState.Active run
            && run.step(step) instanceof StepState.Waiting waiting
            && atMillis < waiting.untilMillis()
        ? Optional.of(
            new Found(
                Violation.NOT_EARLY,
                "the wait '%s' timed out %d ms early"
                    .formatted(step, waiting.untilMillis() - atMillis)))
        : Optional.empty();
  }
}
