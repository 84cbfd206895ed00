package dev.stepwell.engine.expression;

/**
 * What an evaluation may cost, counted in small pieces of work, so that no expression and no data
 * keep a thread for longer than some milliseconds.
 */
final class Budget {

  private static final long CHARS_OF_A_PIECE = 32;

  private long left;

  Budget(long pieces) {
    left = pieces;
  }

  /**
   * Takes some work out of it.
   *
   * @throws EvaluationException if so much is not left
   */
  void take(long pieces) throws EvaluationException {
    left -= pieces;
    if (left < 0) {
      throw new EvaluationException("the expression takes too long");
    }
  }

  /** Takes the work on a text out of it. */
  void takeFor(CharSequence text) throws EvaluationException {
    take(1 + text.length() / CHARS_OF_A_PIECE);
  }
}
