package dev.stepwell.engine.port;

import java.util.concurrent.CompletionException;

/**
 * More waits to be written, or to be searched, than a store takes on. Nothing of the call was done;
 * the same call may succeed a little later. The store itself says in the log that it is overloaded,
 * and not too often: who meets this exception need not. It has no stack trace, because there may be
 * very many of it.
 */
public final class StoreOverloadedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreOverloadedException(String message) {
    super(message, null, false, false);
  }

  /** Whether this is why a stage has failed. */
  public static boolean isBehind(Throwable failure) {
    var reason = failure instanceof CompletionException ? failure.getCause() : failure;
    return reason instanceof StoreOverloadedException;
  }
}
