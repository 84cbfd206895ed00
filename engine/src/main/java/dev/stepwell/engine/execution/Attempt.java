package dev.stepwell.engine.execution;

import dev.stepwell.Steps.Work;
import dev.stepwell.engine.run.Report;
import dev.stepwell.engine.run.RunState.Active;
import org.jspecify.annotations.Nullable;

/** One try of a step's code, on the current thread. */
sealed interface Attempt<T extends @Nullable Object> {

  Report report();

  record Returned<T extends @Nullable Object>(T value, Report report) implements Attempt<T> {}

  record Threw<T extends @Nullable Object>(Report report) implements Attempt<T> {}

  /** Waits for a slot, runs {@code work}, and gives the slot back. */
  static <T extends @Nullable Object> Attempt<T> make(
      JavaExecution execution, Active state, String name, Work<T> work) {
    var surroundings = execution.surroundings();
    var slot =
        surroundings
            .busy()
            .await(
                surroundings
                    .slots()
                    .acquire(state.function(), state.event(), execution.runId(), name));
    try {
      execution.awaitOwned();
      var code = surroundings.code().of(execution.runId(), name, work);
      return perform(surroundings.clock().millis(), name, code);
    } finally {
      slot.release();
    }
  }

  private static <T extends @Nullable Object> Attempt<T> perform(
      long startedAtMillis, String name, Work<T> work) {
    try {
      var value = work.perform();
      return new Returned<>(
          value, new Report.Succeeded(name, JsonValues.write(value), startedAtMillis));
    } catch (Unwound unwound) {
      throw unwound;
    } catch (Throwable thrown) {
      // Whatever a step throws, errors too, is its failure: a run must not hang.
      return new Threw<>(
          new Report.Threw(name, Failures.of(thrown), Failures.again(thrown), startedAtMillis));
    }
  }
}
