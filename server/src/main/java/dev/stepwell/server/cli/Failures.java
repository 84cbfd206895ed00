package dev.stepwell.server.cli;

import dev.stepwell.server.client.ServerException;
import dev.stepwell.server.node.CannotStartException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells people what went wrong: a sentence, and a stack trace only for bugs. */
final class Failures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    var err = command.getErr();
    return switch (failure) {
      case CommandFailedException e -> say(err, e, e.exitCode());
      case CannotStartException e -> say(err, e, ExitCode.UNAVAILABLE);
      case ServerException e -> say(err, e, exitCode(e.kind()));
      default -> {
        err.println("stepwell: this is a bug; please report it with what follows.");
        failure.printStackTrace(err);
        err.flush();
        yield ExitCode.BUG;
      }
    };
  }

  private static int exitCode(ServerException.Kind kind) {
    return switch (kind) {
      case UNREACHABLE -> ExitCode.UNAVAILABLE;
      case REFUSED -> ExitCode.REFUSED;
    };
  }

  private static int say(PrintWriter err, Exception failure, int exitCode) {
    err.println("stepwell: " + failure.getMessage());
    err.flush();
    return exitCode;
  }
}
