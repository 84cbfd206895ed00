package dev.stepwell.cassandra;

/**
 * What a {@link Checkup} has found out about one thing.
 *
 * @param subject what was looked at, in a few words
 * @param sentence what it is, and what to do if it is not good
 */
public record Finding(Level level, String subject, String sentence) {

  /** How bad it is. */
  public enum Level {
    GOOD,
    /** It works, and something that users expect of it is not so. */
    RISKY,
    /** It can't work, or loses what was acknowledged. */
    BAD
  }

  static Finding good(String subject, String sentence) {
    return new Finding(Level.GOOD, subject, sentence);
  }

  static Finding risky(String subject, String sentence) {
    return new Finding(Level.RISKY, subject, sentence);
  }

  static Finding bad(String subject, String sentence) {
    return new Finding(Level.BAD, subject, sentence);
  }
}
