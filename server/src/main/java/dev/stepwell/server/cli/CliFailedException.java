package dev.stepwell.server.cli;

/** A command can't go on. The message is a sentence for people. */
final class CliFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CliFailedException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
