package dev.stepwell;

/**
 * A step has run out of tries, an invoked function has failed, or it did not end in time. Catch it
 * to compensate; let it go to fail the run.
 *
 * <p>It has no cause: after a restart the error is known from the journal alone, and the function
 * must see the same then as it does the first time.
 */
public final class StepFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String step;
  private final int attempts;
  private final String lastError;

  /** Made by the engine; by an author only in tests of his own code. */
  public StepFailedException(String step, int attempts, String lastError) {
    super("step '" + step + "' failed, attempt " + attempts + " being the last: " + lastError);
    this.step = step;
    this.attempts = attempts;
    this.lastError = lastError;
  }

  /** The name of the step, as given to {@link Steps}. */
  public String step() {
    return step;
  }

  /** Tries in all; at least 1. */
  public int attempts() {
    return attempts;
  }

  /** What the last try threw, as text. */
  public String lastError() {
    return lastError;
  }
}
