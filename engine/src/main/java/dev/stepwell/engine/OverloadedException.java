package dev.stepwell.engine;

import java.time.Duration;

/** The engine can't take this now; nothing is broken. The same request may be repeated. */
public final class OverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /**
   * A request to come back.
   *
   * @param retryAfter a whole number of seconds
   */
  public OverloadedException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
