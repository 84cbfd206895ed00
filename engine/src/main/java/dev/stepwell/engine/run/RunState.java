package dev.stepwell.engine.run;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Ulid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/** A run, as its facts so far leave it. */
public sealed interface RunState {

  RunState ABSENT = new Absent();

  /**
   * The state after one more fact. Total over the facts {@link RunRules} lets through, pure, and
   * the only way a run changes.
   *
   * @throws IllegalStateException if the journal is corrupt: this fact cannot follow that state
   */
  RunState apply(RunFact fact);

  private static IllegalStateException corrupt(RunState state, RunFact fact) {
    return new IllegalStateException("corrupt journal: " + fact + " after " + state);
  }

  /** Nothing has happened yet. */
  record Absent() implements RunState {
    @Override
    public RunState apply(RunFact fact) {
      if (fact instanceof RunFact.Started started) {
        return Active.begun(started);
      }
      throw corrupt(this, fact);
    }
  }

  /**
   * The last attempt of the function's own code has thrown.
   *
   * @param attempts failed so far since the code last got past a step
   */
  record Setback(Failure failure, int attempts, long retryAtMillis) {}

  /**
   * Under way.
   *
   * @param steps by name, those of which anything is recorded
   * @param spoken in what version of the protocol the app has answered; {@link #NOT_SPOKEN} if none
   *     has yet
   * @param races whether any of its steps was planned to race with others
   */
  record Active(
      String function,
      Event event,
      long startedAtMillis,
      PMap<String, StepState> steps,
      Optional<Setback> setback,
      PVector<String> warnings,
      int spoken,
      boolean races)
      implements RunState {

    /** No app has answered yet. */
    public static final int NOT_SPOKEN = -1;

    private static Active begun(RunFact.Started fact) {
      return new Active(
          fact.function(),
          fact.event(),
          fact.atMillis(),
          HashTreePMap.empty(),
          Optional.empty(),
          TreePVector.empty(),
          NOT_SPOKEN,
          false);
    }

    public @Nullable StepState step(String name) {
      return steps.get(name);
    }

    /** Whether {@code atMillis} is when a step, or the function's own code, is to go on. */
    boolean isDue(String name, long atMillis) {
      return name.equals(RunCommand.Due.OWN_CODE)
          ? setback.isPresent() && setback.get().retryAtMillis() == atMillis
          : steps.get(name) instanceof StepState.Pending pending
              && pending.untilMillis() == atMillis;
    }

    /** Whether a wait of this run has been answered by that event, or the run started by it. */
    public boolean used(Ulid eventId) {
      return event.id().equals(eventId)
          || steps.values().stream()
              .anyMatch(s -> s instanceof StepState.Matched m && m.event().id().equals(eventId));
    }

    @Override
    public RunState apply(RunFact fact) {
      return switch (fact) {
        case RunFact.Started _ -> throw corrupt(this, fact);
        case RunFact.Spoken(var version, _) ->
            new Active(function, event, startedAtMillis, steps, setback, warnings, version, races);
        case RunFact.StepPlanned f ->
            reached(f.step(), new StepState.Planned(order(f.step()), f.atMillis()))
                .racing(f.races());
        case RunFact.StepSucceeded f ->
            reached(
                f.step(),
                new StepState.Succeeded(
                    order(f.step()),
                    f.startedAtMillis(),
                    f.result(),
                    attempts(f.step()) + 1,
                    f.atMillis()));
        case RunFact.StepAttemptFailed f ->
            with(
                f.step(),
                new StepState.Retrying(
                    order(f.step()),
                    f.startedAtMillis(),
                    f.failure(),
                    attempts(f.step()) + 1,
                    f.retryAtMillis(),
                    isPlanned(f.step())));
        case RunFact.StepFailed f ->
            reached(
                f.step(),
                new StepState.Failed(
                    order(f.step()),
                    f.startedAtMillis(),
                    f.failure(),
                    attempts(f.step()) + 1,
                    f.atMillis()));
        case RunFact.SleepStarted f ->
            reached(
                f.step(), new StepState.Sleeping(order(f.step()), f.atMillis(), f.untilMillis()));
        case RunFact.WaitStarted f -> reached(f.step(), new StepState.Waiting(order(f.step()), f));
        case RunFact.WaitMatched(var step, var matched, var at) -> {
          var waiting = waiting(step, fact);
          yield with(step, new StepState.Matched(waiting.order(), waiting.begun(), matched, at));
        }
        case RunFact.WaitRefused(var step, var failure, var at) -> {
          var waiting = waiting(step, fact);
          yield with(step, new StepState.Refused(waiting.order(), waiting.begun(), failure, at));
        }
        case RunFact.WaitTimedOut(var step, var at) -> {
          var waiting = waiting(step, fact);
          yield with(step, new StepState.TimedOut(waiting.order(), waiting.begun(), at));
        }
        case RunFact.InvokeStarted f ->
            reached(f.step(), new StepState.Invoking(order(f.step()), f));
        case RunFact.InvokeEnded(var step, var outcome, var at) -> {
          if (!(steps.get(step) instanceof StepState.Invoking(var order, var invoke))) {
            throw corrupt(this, fact);
          }
          yield with(step, new StepState.Invoked(order, invoke, outcome, at));
        }
        case RunFact.AttemptFailed(var failure, var retryAt, _) ->
            withSetback(
                Optional.of(
                    new Setback(failure, setback.map(Setback::attempts).orElse(0) + 1, retryAt)));
        case RunFact.Warned(var warning, _) ->
            new Active(
                function,
                event,
                startedAtMillis,
                steps,
                setback,
                warnings.plus(warning),
                spoken,
                races);
        case RunFact.Ended(var outcome, var at) -> new Ended(this, outcome, at);
      };
    }

    private int attempts(String step) {
      return steps.get(step) instanceof StepState.Retrying retrying ? retrying.attempts() : 0;
    }

    private boolean isPlanned(String step) {
      return switch (steps.get(step)) {
        case StepState.Planned _ -> true;
        case StepState.Retrying retrying -> retrying.planned();
        case null, default -> false;
      };
    }

    private Active racing(boolean now) {
      return now && !races
          ? new Active(function, event, startedAtMillis, steps, setback, warnings, spoken, true)
          : this;
    }

    private int order(String step) {
      var known = steps.get(step);
      return known == null ? steps.size() : known.order();
    }

    private StepState.Waiting waiting(String step, RunFact fact) {
      if (steps.get(step) instanceof StepState.Waiting waiting) {
        return waiting;
      }
      throw corrupt(this, fact);
    }

    private Active with(String name, StepState step) {
      return new Active(
          function,
          event,
          startedAtMillis,
          steps.plus(name, step),
          setback,
          warnings,
          spoken,
          races);
    }

    /** The function's own code has got so far: the piece behind this step has its own attempts. */
    private Active reached(String name, StepState step) {
      return with(name, step).withSetback(Optional.empty());
    }

    private Active withSetback(Optional<Setback> newSetback) {
      return setback.equals(newSetback)
          ? this
          : new Active(
              function, event, startedAtMillis, steps, newSetback, warnings, spoken, races);
    }
  }

  /** Over, one way or another. */
  record Ended(Active run, Outcome outcome, long endedAtMillis) implements RunState {
    @Override
    public RunState apply(RunFact fact) {
      throw corrupt(this, fact);
    }
  }
}
