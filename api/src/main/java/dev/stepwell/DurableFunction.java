package dev.stepwell;

import org.jspecify.annotations.Nullable;

/**
 * Code that survives restarts. Each step it takes is remembered; after a crash, a pause or a long
 * sleep the function runs again from its first line, and remembered steps answer from memory. The
 * package documentation is the manual.
 *
 * <p>One object serves all runs, on many threads at once: keep no state of a run in fields.
 *
 * @param <E> the event that starts a run
 * @param <R> what a finished run leaves behind: a record, an enum, a sealed interface of records,
 *     or {@code Void} for nothing; a class, not a type variable
 */
public interface DurableFunction<E extends Record, R extends @Nullable Object> {

  /** Its name, what starts it, and how it retries. Asked once, when the engine starts. */
  FunctionSpec<E> spec();

  /**
   * The story of one run. Whatever is slow, random, or visible outside belongs in {@code step.run};
   * the code between steps must take the same path whenever it gets the same answers.
   *
   * @return the outcome of the run; at most 4 MB of JSON
   * @throws StepFailedException if a step ran out of tries and nothing here caught it; the run then
   *     has failed, without another attempt
   * @throws NonRetryableException if this code knows that another attempt is no use; the run then
   *     has failed
   * @throws Exception anything else is tried again, steps remembered, as {@link
   *     FunctionSpec#retries()} allows
   */
  R run(E event, Steps step) throws Exception;

  /**
   * Called once after a run of this function has failed for good, as a durable run of its own: it
   * may take steps, sleep and wait, and it is retried like {@link #run}. It is not called for a run
   * that was cancelled, nor for its own failure. A class that does not override it costs nothing.
   *
   * @throws Exception is tried again as {@link FunctionSpec#retries()} allows
   */
  default void onFailure(FailedRun<E> failed, Steps step) throws Exception {}
}
