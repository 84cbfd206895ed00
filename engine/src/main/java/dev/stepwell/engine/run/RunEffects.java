package dev.stepwell.engine.run;

import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.Effect.Audience;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.run.RunState.Ended;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** What follows from a run's facts, and what a run that wakes up must make sure of again. Pure. */
final class RunEffects {

  private final Ulid runId;
  private final long now;
  private final long shortPauseMillis;
  private final Predicate<String> anybodyListens;
  private final List<Effect> effects = new ArrayList<>();

  private RunEffects(
      Ulid runId, long now, long shortPauseMillis, Predicate<String> anybodyListens) {
    this.runId = runId;
    this.now = now;
    this.shortPauseMillis = shortPauseMillis;
    this.anybodyListens = anybodyListens;
  }

  /**
   * What follows from facts that have just been stored.
   *
   * @param state with the facts applied
   * @param shortPauseMillis up to here a pause is waited for in memory
   * @param anybodyListens whether an event of our own of that name would start anything
   */
  static List<Effect> after(
      Ulid runId,
      RunState state,
      List<RunFact> facts,
      long now,
      long shortPauseMillis,
      Predicate<String> anybodyListens) {
    var effects = new RunEffects(runId, now, shortPauseMillis, anybodyListens);
    for (var fact : facts) {
      effects.follow(state, fact);
    }
    return effects.effects;
  }

  /** All that a run in this state relies on outside itself. */
  static List<Effect> outstanding(
      Ulid runId,
      RunState state,
      long now,
      long shortPauseMillis,
      Predicate<String> anybodyListens) {
    var effects = new RunEffects(runId, now, shortPauseMillis, anybodyListens);
    switch (state) {
      case RunState.Absent _ -> {}
      case Active run -> {
        run.steps().forEach((name, step) -> effects.rely(run, name, step));
        run.setback().ifPresent(s -> effects.pause(RunCommand.Due.OWN_CODE, s.retryAtMillis()));
      }
      case Ended ended -> effects.end(ended);
    }
    return effects.effects;
  }

  /** The line that lists show of a run. */
  static RunIndex.Row row(Ulid runId, RunState state) {
    return switch (state) {
      case RunState.Absent _ -> throw new IllegalArgumentException("an absent run has no line");
      case Active run -> row(runId, run, RunStatus.RUNNING, OptionalLong.empty());
      case Ended(var run, var outcome, var at) ->
          row(runId, run, outcome.status(), OptionalLong.of(at));
    };
  }

  /** The event that has started a run. */
  static Ulid trigger(RunState state) {
    return switch (state) {
      case Active run -> run.event().id();
      case Ended ended -> ended.run().event().id();
      case RunState.Absent _ -> throw new IllegalStateException("an absent run has no effects");
    };
  }

  /** What a step that is over has asked for is not to be repeated after it was taken back. */
  static boolean isOver(RunState state, Effect effect) {
    return switch (effect) {
      case Effect.Register(var begun) -> !isPending(state, begun.step());
      case Effect.SetTimer(var step, _) ->
          !step.equals(RunCommand.Due.GUARD)
              && !step.equals(RunCommand.Due.OWN_CODE)
              && !isPending(state, step);
      default -> false;
    };
  }

  static boolean isPending(RunState state, String step) {
    return state instanceof Active run && run.step(step) instanceof StepState.Pending;
  }

  private static RunIndex.Row row(Ulid runId, Active run, RunStatus status, OptionalLong endedAt) {
    var event = run.event();
    return new RunIndex.Row(
        runId, run.function(), status, event.id(), event.name(), run.startedAtMillis(), endedAt);
  }

  private void follow(RunState state, RunFact fact) {
    switch (fact) {
      case RunFact.StepAttemptFailed f -> pause(f.step(), f.retryAtMillis());
      case RunFact.SleepStarted f -> pause(f.step(), f.untilMillis());
      case RunFact.AttemptFailed f -> pause(RunCommand.Due.OWN_CODE, f.retryAtMillis());
      case RunFact.WaitStarted f -> await(f);
      case RunFact.InvokeStarted f -> invoke(active(state), f);
      case RunFact.WaitMatched f -> cancelTimer(state, f.step());
      case RunFact.InvokeEnded f -> cancelTimer(state, f.step());
      case RunFact.WaitRefused f -> {
        if (active(state).step(f.step()) instanceof StepState.Refused refused) {
          effects.add(new Effect.Unregister(refused.begun()));
          dropPause(f.step(), refused.begun().untilMillis());
        }
      }
      case RunFact.WaitTimedOut f -> {
        if (active(state).step(f.step()) instanceof StepState.TimedOut timedOut) {
          effects.add(new Effect.Unregister(timedOut.begun()));
        }
      }
      case RunFact.Ended _ -> end((Ended) state);
      case RunFact.Started _,
          RunFact.Spoken _,
          RunFact.StepPlanned _,
          RunFact.StepSucceeded _,
          RunFact.StepFailed _,
          RunFact.Warned _ -> {}
    }
  }

  private void rely(Active run, String name, StepState step) {
    switch (step) {
      case StepState.Done _, StepState.Planned _ -> {}
      case StepState.Retrying retrying -> pause(name, retrying.untilMillis());
      case StepState.Sleeping sleeping -> pause(name, sleeping.untilMillis());
      case StepState.Waiting waiting -> await(waiting.begun());
      case StepState.Invoking invoking -> invoke(run, invoking.invoke());
    }
  }

  private void end(Ended ended) {
    var run = ended.run();
    run.steps().forEach(this::letGo);
    Invocation.caller(run.event())
        .ifPresent(caller ->
            effects.add(new Effect.TellCaller(caller.run(), caller.step(), ended.outcome())));
    for (var name : OwnEvents.namesOfEnd(ended)) {
      if (anybodyListens.test(name)) {
        var event = OwnEvents.ofEnd(runId, ended, name);
        effects.add(new Effect.Publish(event, new Audience.Everybody()));
      }
    }
    effects.add(new Effect.Enlist(row(runId, ended)));
  }

  private void letGo(String name, StepState step) {
    switch (step) {
      case StepState.Done _, StepState.Planned _ -> {}
      case StepState.Retrying retrying -> dropPause(name, retrying.untilMillis());
      case StepState.Sleeping sleeping -> dropPause(name, sleeping.untilMillis());
      case StepState.Waiting waiting -> {
        effects.add(new Effect.Unregister(waiting.begun()));
        dropPause(name, waiting.untilMillis());
      }
      case StepState.Invoking invoking -> dropPause(name, invoking.untilMillis());
    }
  }

  private void dropPause(String step, long until) {
    if (until > now) {
      effects.add(new Effect.CancelTimer(step, until));
    }
  }

  private void cancelTimer(RunState state, String name) {
    switch (active(state).step(name)) {
      case StepState.Matched matched -> dropPause(name, matched.begun().untilMillis());
      case StepState.Invoked invoked -> dropPause(name, invoked.invoke().untilMillis());
      case null, default -> {}
    }
  }

  /** Of a pause that is over the code needs not be told: it finds out. */
  private void pause(String step, long until) {
    if (until > now) {
      deadline(step, until);
    }
  }

  private void deadline(String step, long until) {
    if (until <= now + shortPauseMillis) {
      effects.add(new Effect.Alarm(step, until));
    } else {
      effects.add(new Effect.SetTimer(step, until));
    }
  }

  private void await(RunFact.WaitStarted wait) {
    effects.add(new Effect.Register(wait));
    pause(wait.step(), wait.untilMillis());
  }

  private void invoke(Active run, RunFact.InvokeStarted invoke) {
    effects.add(
        new Effect.Publish(
            Invocation.event(runId, run, invoke), new Audience.Only(invoke.function())));
    deadline(invoke.step(), invoke.untilMillis());
  }

  private static Active active(RunState state) {
    return switch (state) {
      case Active run -> run;
      case Ended ended -> ended.run();
      case RunState.Absent _ -> throw new IllegalArgumentException("an absent run has no facts");
    };
  }
}
