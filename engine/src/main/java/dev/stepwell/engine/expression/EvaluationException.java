package dev.stepwell.engine.expression;

/** An expression has no value: its types don't fit, or it takes too long. */
public final class EvaluationException extends Exception {

  private static final long serialVersionUID = 1L;

  EvaluationException(String message) {
    super(message);
  }
}
