package dev.stepwell.engine.port;

/**
 * More waits to be written than a store takes on. Nothing of the call was stored; the same call may
 * succeed a little later.
 */
public final class StoreOverloadedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreOverloadedException(String message) {
    super(message);
  }
}
