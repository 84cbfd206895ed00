package dev.stepwell.server.client;

/** A server could not be asked, or did not do as asked. The message is a sentence for people. */
public final class ServerException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Which of the two it is. */
  public enum Kind {
    UNREACHABLE,
    REFUSED
  }

  private final Kind kind;
  private final int status;

  private ServerException(Kind kind, int status, String message) {
    super(message);
    this.kind = kind;
    this.status = status;
  }

  static ServerException unreachable(String message) {
    return new ServerException(Kind.UNREACHABLE, 0, message);
  }

  static ServerException refused(int status, String message) {
    return new ServerException(Kind.REFUSED, status, message);
  }

  public Kind kind() {
    return kind;
  }

  /** The status of HTTP; 0 if there was no answer. */
  public int status() {
    return status;
  }
}
