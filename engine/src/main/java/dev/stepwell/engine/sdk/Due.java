package dev.stepwell.engine.sdk;

import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.run.RunState.Setback;
import dev.stepwell.engine.run.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which calls a run is to make. Each planned step is executed by a call of its own. What else there
 * is the function is asked; SDKs of version 2 only when all that they know of is over, others and
 * those whose steps race as soon as anything is. Pure.
 */
final class Due {

  /** The version from which on SDKs wait until nothing is pending. */
  private static final int WAITS_FOR_ALL = 2;

  private Due() {}

  /**
   * A call to be made.
   *
   * @param step to be executed; empty if the function is to find out what there is to do
   * @param attempt from 0
   */
  record Call(Optional<String> step, int attempt) {}

  /**
   * The calls to be made now.
   *
   * @param underWay steps for which calls are under way
   * @param asked how many steps were over when the function was asked last; empty if it is to be
   *     asked again in any case, and has no call under way
   */
  static List<Call> of(Active run, Set<String> underWay, Asked asked, long nowMillis) {
    var calls = new ArrayList<Call>();
    run.steps()
        .forEach((name, step) -> {
          if (isExecutable(step, nowMillis) && !underWay.contains(name)) {
            calls.add(new Call(Optional.of(name), attempts(step)));
          }
        });
    if (asked.mayAsk(settled(run, nowMillis)) && mayAsk(run, nowMillis)) {
      calls.add(new Call(Optional.empty(), attempt(run)));
    }
    return calls;
  }

  /** What is known of the last call that asked the function what there is to do. */
  sealed interface Asked {
    boolean mayAsk(int settled);

    /** It is under way. */
    record Now() implements Asked {
      @Override
      public boolean mayAsk(int settled) {
        return false;
      }
    }

    /** It was told of so many steps that were over. */
    record Then(int settled) implements Asked {
      @Override
      public boolean mayAsk(int now) {
        return now > settled;
      }
    }
  }

  /** How many steps the function can go on behind. */
  static int settled(Active run, long nowMillis) {
    return (int)
        run.steps().values().stream().filter(step -> Memos.isSettled(step, nowMillis)).count();
  }

  /** Whether anything goes on that the function knows of. */
  static boolean isPending(Active run, long nowMillis) {
    return run.steps().values().stream()
        .anyMatch(step -> !Memos.isSettled(step, nowMillis) && !isRetryingInline(step));
  }

  private static boolean mayAsk(Active run, long nowMillis) {
    var waits = run.spoken() >= WAITS_FOR_ALL && !run.races();
    return run.setback().map(Setback::retryAtMillis).orElse(0L) <= nowMillis
        && !(waits && isPending(run, nowMillis))
        && run.steps().values().stream()
            .noneMatch(step -> isRetryingInline(step) && !step.ready(nowMillis));
  }

  private static boolean isExecutable(StepState step, long nowMillis) {
    return switch (step) {
      case StepState.Planned _ -> true;
      case StepState.Retrying retrying -> retrying.planned() && retrying.ready(nowMillis);
      default -> false;
    };
  }

  /** A step that the function has executed when it was asked, and will again. */
  private static boolean isRetryingInline(StepState step) {
    return step instanceof StepState.Retrying retrying && !retrying.planned();
  }

  private static int attempts(StepState step) {
    return step instanceof StepState.Retrying retrying ? retrying.attempts() : 0;
  }

  /** Of the function's own code, or of the step at which it stands. */
  private static int attempt(Active run) {
    var ofCode = run.setback().map(Setback::attempts).orElse(0);
    var ofSteps =
        run.steps().values().stream()
            .filter(Due::isRetryingInline)
            .mapToInt(Due::attempts)
            .max()
            .orElse(0);
    return Math.max(ofCode, ofSteps);
  }
}
