package dev.stepwell.cassandra.journal;

/** Facts may have been stored or not, and whoever wrote them must read to know. */
public final class NotAcknowledgedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotAcknowledgedException(String message) {
    super(message);
  }

  NotAcknowledgedException(String message, Throwable cause) {
    super(message, cause);
  }
}
