package dev.stepwell.server.cli;

import dev.stepwell.embedded.DataDirectoryException;
import dev.stepwell.server.client.ServerException;
import dev.stepwell.server.node.CannotStartException;
import java.io.PrintWriter;
import java.net.BindException;
import org.jspecify.annotations.Nullable;
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
      case CliFailedException e -> say(err, e, e.exitCode());
      case CannotStartException e -> {
        err.println("stepwell: " + e.getMessage() + remedy(e.getCause()));
        yield ExitCode.UNAVAILABLE;
      }
      case ServerException e -> say(err, e, exitCode(e.kind()));
      default -> {
        err.println("stepwell: this is a bug; please report it with what follows.");
        failure.printStackTrace(err);
        err.flush();
        yield ExitCode.BUG;
      }
    };
  }

  private static String remedy(@Nullable Throwable cause) {
    return switch (cause) {
      case BindException _ -> " (--port chooses another port)";
      case DataDirectoryException _ -> " (--data-dir chooses another directory)";
      case null, default -> "";
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
