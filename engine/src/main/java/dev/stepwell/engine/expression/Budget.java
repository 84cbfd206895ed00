package dev.stepwell.engine.expression;

/**
 * What an evaluation may cost, counted in small pieces of work, so that no expression and no data
 * keep a thread for longer than some milliseconds. Once it is spent it stays so: whoever carries on
 * after that error meets the same at the next piece, and the evaluation ends.
 */
final class Budget {

  private static final long CHARS_OF_A_PIECE = 32;

  /** An exception is made, filled and caught, which is much more than a value is. */
  private static final long PIECES_OF_AN_ERROR = 100;

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
    takeFor(text.length());
  }

  /** Takes the work on so many characters or bytes out of it. */
  void takeFor(long length) throws EvaluationException {
    take(1 + length / CHARS_OF_A_PIECE);
  }

  /** Takes the work on an error after which the evaluation goes on. */
  void takeForError() throws EvaluationException {
    take(PIECES_OF_AN_ERROR);
  }
}
