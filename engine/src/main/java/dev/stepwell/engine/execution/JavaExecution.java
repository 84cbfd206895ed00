package dev.stepwell.engine.execution;

import dev.stepwell.engine.run.Execution;
import dev.stepwell.engine.run.Report;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One run's Java function at work, on a virtual thread of its own and one for each fork. */
final class JavaExecution implements Execution {

  private static final Handoff NOBODY_WAITS =
      new Handoff() {
        @Override
        public void block() {}

        @Override
        public void resume(Active state) {}

        @Override
        public void abandon() {}
      };

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Ulid runId;
  private final Desk desk;
  private final JavaSurroundings surroundings;
  private final AtomicInteger awake = new AtomicInteger();

  /** The turns that have no answer yet. */
  private final Set<Turn> turns = ConcurrentHashMap.newKeySet();

  private volatile boolean abandoned;

  private JavaExecution(Ulid runId, Desk desk, JavaSurroundings surroundings) {
    this.runId = runId;
    this.desk = desk;
    this.surroundings = surroundings;
  }

  /** A launcher of the functions that {@code surroundings} know. */
  static Execution launch(Ulid runId, Active state, Desk desk, JavaSurroundings surroundings) {
    var execution = new JavaExecution(runId, desk, surroundings);
    // The main thread counts as awake to its very end: its last report is still on the way then.
    execution.awake.incrementAndGet();
    execution.onThread(() -> execution.main(state));
    return execution;
  }

  Ulid runId() {
    return runId;
  }

  JavaSurroundings surroundings() {
    return surroundings;
  }

  @Override
  public boolean idle() {
    return awake.get() == 0;
  }

  /** Answers the turns itself: what was reported may be lost with a run that has stopped. */
  @Override
  public void abandon() {
    abandoned = true;
    turns.forEach(Turn::abandon);
  }

  /**
   * Has reports stored.
   *
   * @param until returns only once code can go on behind this step
   * @throws Unwound if the run has no more use for this thread
   */
  Active report(List<Report> reports, Optional<String> until) {
    var turn = new Turn(awake, surroundings.busy());
    turns.add(turn);
    try {
      // Asked after the turn was added: either this sees the end, or the end sees the turn.
      if (abandoned) {
        turn.abandon();
      } else {
        desk.report(this, reports, until, turn);
      }
      return turn.await();
    } finally {
      turns.remove(turn);
    }
  }

  void requireWanted() {
    if (abandoned) {
      throw new Unwound();
    }
  }

  /**
   * Returns once a step may begin. A process that was stopped for a while goes on in the middle of
   * its work, and its runs may be others' by then, who have executed the step and stored its
   * result; it hears of that a moment later. So nothing begins while that is in doubt.
   *
   * @throws Unwound if the run has no more use for this thread
   */
  void awaitOwned() {
    requireWanted();
    while (!surroundings.owned().test(runId)) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      requireWanted();
    }
  }

  /** Starts a thread that counts as awake until its work is done. */
  void fork(Runnable work) {
    awake.incrementAndGet();
    onThread(() -> {
      try {
        work.run();
      } finally {
        fallAsleep();
      }
    });
  }

  private void onThread(Runnable work) {
    surroundings.busy().more();
    Thread.startVirtualThread(() -> {
      try {
        work.run();
      } finally {
        surroundings.busy().less();
      }
    });
  }

  /** This thread is about to wait for another thread of this execution, or is a fork that ends. */
  void fallAsleep() {
    if (awake.decrementAndGet() == 0) {
      desk.idle(this);
    }
  }

  /** A thread that fell asleep is about to go on. */
  void wake() {
    awake.incrementAndGet();
    surroundings.busy().more();
  }

  private void main(Active state) {
    var steps = new JavaSteps(this, state);
    try {
      var function = surroundings.functions().find(state.function());
      if (function.isEmpty()) {
        desk.report(this, List.of(gone(state.function())), Optional.empty(), NOBODY_WAITS);
        return;
      }
      var output = function.get().run(state.event(), steps);
      requireWanted();
      desk.report(this, steps.last(new Report.Returned(output)), Optional.empty(), NOBODY_WAITS);
    } catch (Unwound _) {
      // The run goes on later, in another execution.
    } catch (Throwable thrown) {
      // Whatever authors' code throws, errors too, ends this attempt: a run must not hang.
      desk.report(
          this,
          steps.last(new Report.Broke(Failures.of(thrown), Failures.again(thrown))),
          Optional.empty(),
          NOBODY_WAITS);
    }
  }

  private static Report gone(String function) {
    return new Report.Broke(
        new Failure(
            "FunctionGone", "function '" + function + "' is not registered on this node", ""),
        new Report.Again.ByRule());
  }
}
