package dev.stepwell.engine.execution;

import dev.stepwell.StepFailedException;
import dev.stepwell.Steps.Fork;
import dev.stepwell.Steps.Work;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.run.StepState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A step on a thread of its own. Its result is stored before {@link #join} returns it. */
final class JavaFork<T extends @Nullable Object> implements Fork<T> {

  private sealed interface Result<T extends @Nullable Object> {}

  private record Value<T extends @Nullable Object>(T value) implements Result<T> {}

  private record Failed<T extends @Nullable Object>(Error error) implements Result<T> {}

  private record Refused<T extends @Nullable Object>(StepFailedException failure)
      implements Result<T> {}

  private final JavaExecution execution;
  private final Thread owner = Thread.currentThread();
  private final String name;
  private @Nullable Result<T> result;
  private boolean joining;

  private JavaFork(JavaExecution execution, String name) {
    this.execution = execution;
    this.name = name;
  }

  static <T extends @Nullable Object> Fork<T> start(
      JavaExecution execution, Active state, String name, Work<T> work) {
    var fork = new JavaFork<T>(execution, name);
    execution.fork(() -> fork.perform(state, work));
    return fork;
  }

  @Override
  public T join() {
    return switch (await()) {
      case Value<T>(var value) -> value;
      case Refused<T>(var failure) ->
          throw new StepFailedException(failure.step(), failure.attempts(), failure.lastError());
      case Failed<T>(var error) -> throw error;
    };
  }

  private Result<T> await() {
    synchronized (this) {
      if (result != null) {
        return result;
      }
      joining = true;
    }
    // Counted again by the fork, before it lets this thread go on.
    execution.fallAsleep();
    execution.surroundings().busy().less();
    while (true) {
      synchronized (this) {
        if (result != null) {
          return result;
        }
      }
      var _ = Thread.interrupted();
      LockSupport.park(this);
    }
  }

  private void perform(Active start, Work<T> work) {
    try {
      finish(outcome(start, work));
    } catch (Unwound unwound) {
      finish(new Failed<>(unwound));
    }
  }

  private Result<T> outcome(Active start, Work<T> work) {
    var state = start;
    if (state.step(name) instanceof StepState.Retrying) {
      state = execution.report(List.of(), Optional.of(name));
    }
    while (true) {
      var attempt = Attempt.make(execution, state, name, work);
      state = execution.report(List.of(attempt.report()), Optional.of(name));
      if (attempt instanceof Attempt.Returned<T>(var value, _)) {
        return new Value<>(value);
      }
      if (state.step(name) instanceof StepState.Failed failed) {
        return new Refused<>(
            new StepFailedException(name, failed.attempts(), failed.failure().message()));
      }
    }
  }

  private void finish(Result<T> newResult) {
    synchronized (this) {
      result = newResult;
      if (!joining) {
        return;
      }
    }
    execution.wake();
    LockSupport.unpark(owner);
  }
}
