package dev.stepwell.engine.run;

import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * A function's code at work for its run, and those of its threads that have to wait. Used on the
 * run's thread only, but for the {@link Execution.Desk}.
 */
final class RunCode implements Execution.Desk {

  private record Blocked(String step, Execution.Handoff handoff) {}

  private final Ulid runId;
  private final Execution.Launcher launcher;
  private final ActorRef<RunEntity.Message> run;
  private final List<Blocked> blocked = new ArrayList<>();
  private @Nullable Execution execution;

  RunCode(Ulid runId, Execution.Launcher launcher, ActorRef<RunEntity.Message> run) {
    this.runId = runId;
    this.launcher = launcher;
    this.run = run;
  }

  boolean isAtWork() {
    return execution != null;
  }

  /** Whether it is at work, and none of its threads can go on. */
  boolean isIdle() {
    return execution != null && execution.idle();
  }

  /** Whether this is the execution at work, and not an earlier one. */
  boolean is(Execution other) {
    return other == execution;
  }

  void launch(Active state) {
    execution = launcher.launch(runId, state, this);
  }

  /** Lets the thread that has reported go on, or wait for the step that it has named. */
  void answer(Active state, RunEntity.Reported reported, long nowMillis) {
    var step = reported.until().map(state::step);
    if (step.isEmpty() || step.get().ready(nowMillis)) {
      reported.handoff().resume(state);
    } else {
      reported.handoff().block();
      blocked.add(new Blocked(reported.until().orElseThrow(), reported.handoff()));
    }
  }

  /** Lets the threads go on that wait for no longer. */
  void goOn(Active state, long nowMillis) {
    for (var waiting : List.copyOf(blocked)) {
      var step = state.step(waiting.step());
      if (step != null && step.ready(nowMillis)) {
        blocked.remove(waiting);
        waiting.handoff().resume(state);
      }
    }
    if (execution != null) {
      execution.proceed(state);
    }
  }

  void abandon() {
    if (execution != null) {
      execution.abandon();
      execution = null;
    }
    blocked.forEach(waiting -> waiting.handoff().abandon());
    blocked.clear();
  }

  @Override
  public void report(
      Execution from, List<Report> reports, Optional<String> until, Execution.Handoff handoff) {
    run.tell(new RunEntity.Reported(from, reports, until, handoff));
  }

  @Override
  public void idle(Execution from) {
    run.tell(new RunEntity.Idle(from));
  }
}
