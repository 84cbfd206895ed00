package dev.stepwell.engine.run;

/** How long to leave a failed attempt alone. */
final class Backoff {
  private Backoff() {}

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long[] PAUSES_MILLIS = {
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    20 * MINUTE,
    40 * MINUTE,
    HOUR,
    2 * HOUR
  };
  private static final long JITTER_MAX_MILLIS = 30 * SECOND;

  static final long AFTER_MIN_MILLIS = SECOND;
  static final long AFTER_MAX_MILLIS = 24 * HOUR;

  /**
   * The pause after a failed attempt.
   *
   * @param failed attempts failed so far, at least 1
   * @param chance spreads the attempts of many runs; 0 to 1
   */
  static long pauseMillis(int failed, double chance) {
    var pause = PAUSES_MILLIS[Math.min(failed, PAUSES_MILLIS.length) - 1];
    return pause + (long) (chance * JITTER_MAX_MILLIS);
  }
}
