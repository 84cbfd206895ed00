package dev.stepwell;

/**
 * Thrown by a step's work, or by the function itself, when it knows that trying again is no use.
 */
public class NonRetryableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what a person should read about it. */
  public NonRetryableException(String message) {
    super(message);
  }

  /** As above, for an error that was caught; its stack trace is kept with the run. */
  public NonRetryableException(String message, Throwable cause) {
    super(message, cause);
  }
}
