package dev.stepwell.testkit.cassandra;

/** A node did not come up. The message says why, with the end of its log. */
public final class CassandraNotStartedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CassandraNotStartedException(String message) {
    super(message);
  }

  CassandraNotStartedException(String message, Throwable cause) {
    super(message, cause);
  }
}
