package dev.stepwell.engine.audit;

/**
 * Something that must never be.
 *
 * @param rule the promise that is broken, in a word or two
 * @param subject the id of what it is about
 * @param sentence what was found
 */
public record Violation(String rule, String subject, String sentence) {

  /** Every event starts each function that subscribed one time, and nothing else starts any. */
  static final String ONE_RUN = "one run";

  static final String ONE_RESULT = "one result";
  static final String ONE_END = "one end";
  static final String NOT_EARLY = "not early";
  static final String SAME_STATE = "same state";
}
