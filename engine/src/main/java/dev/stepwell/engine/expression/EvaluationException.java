package dev.stepwell.engine.expression;

/** An expression has no value: its types don't fit, or it takes too long. */
public final class EvaluationException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Without a stack trace: it would say nothing of the expression, and costs more than all else.
   */
  EvaluationException(String message) {
    super(message, null, false, false);
  }
}
