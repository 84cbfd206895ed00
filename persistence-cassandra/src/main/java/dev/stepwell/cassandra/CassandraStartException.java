package dev.stepwell.cassandra;

/** The store could not be opened; the message says what to do. */
public final class CassandraStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CassandraStartException(String message) {
    super(message);
  }

  CassandraStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
