package dev.stepwell.engine.expression;

/** A text that is no expression; the message says why, and where. */
public final class InvalidExpressionException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidExpressionException(String message) {
    super(message);
  }
}
