package dev.stepwell;

import java.time.Duration;

/**
 * Thrown by a step's work, or by the function itself, when it knows how long to pause before the
 * next try, as after an HTTP 429. It counts as a try: the last one fails whatever pause it asks.
 */
public class RetryAfterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Duration pause;

  /**
   * A request for a particular pause.
   *
   * @param pause 1 s to 24 h; outside that, the nearer bound
   */
  public RetryAfterException(String message, Duration pause) {
    super(message);
    this.pause = clamp(pause);
  }

  /** As above, for an error that was caught; its stack trace is kept with the run. */
  public RetryAfterException(String message, Duration pause, Throwable cause) {
    super(message, cause);
    this.pause = clamp(pause);
  }

  /** How long to pause: 1 s to 24 h. */
  public Duration pause() {
    return pause;
  }

  private static Duration clamp(Duration pause) {
    if (pause.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
