package dev.stepwell.server.cli;

/** What a command's exit code says. Each is in the help of {@code stepwell}. */
public final class ExitCode {

  public static final int DONE = 0;

  /** What was waited for has not come to a good end, or what was looked at is not good. */
  public static final int NOT_COMPLETED = 1;

  /** The command line makes no sense. */
  public static final int USAGE = 2;

  /** A node can't start or go on; or a server can't be reached. */
  public static final int UNAVAILABLE = 3;

  /** The server has refused. */
  public static final int REFUSED = 4;

  public static final int BUG = 70;

  private ExitCode() {}
}
