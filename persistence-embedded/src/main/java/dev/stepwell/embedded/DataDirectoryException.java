package dev.stepwell.embedded;

import org.jspecify.annotations.Nullable;

/** A data directory cannot be used, and the message says why, for people. Nothing was changed. */
public final class DataDirectoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DataDirectoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  DataDirectoryException(String message) {
    this(message, null);
  }
}
