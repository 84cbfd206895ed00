package dev.stepwell.server.node;

/** A node did not come up. The message says why and what to do, in a sentence for people. */
public final class CannotStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CannotStartException(String message) {
    super(message);
  }

  public CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
