package dev.stepwell.cassandra.owner;

/** This process does not own the shard that somebody wants to write or read for. */
public final class NotOwnerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotOwnerException(String message) {
    super(message);
  }
}
