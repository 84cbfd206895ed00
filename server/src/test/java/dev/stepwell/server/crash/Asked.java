package dev.stepwell.server.crash;

/**
 * One thing that the driver asks for, in as many events as it likes.
 *
 * @param function that is to run for it, once
 * @param pauseMillis how long it is to sleep, or to wait at most; 0 if it does neither
 */
record Asked(String key, String function, long pauseMillis, Answers answers) {

  /** When a question is answered. */
  enum Answers {
    /** It is no question. */
    NOT_APPLICABLE,
    NEVER,
    /** Before the question is asked, so that it does not count. */
    TOO_EARLY,
    IN_TIME
  }

  /** The key of the answers to the question with this key. */
  static String answerTo(String key) {
    return "answer-" + key;
  }
}
