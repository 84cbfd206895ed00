package dev.stepwell.server.cli;

import dev.stepwell.server.client.Client;
import dev.stepwell.server.client.ServerException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at the runs of a running server, and ends them. */
@Command(
    name = "runs",
    description = "Lists runs, looks at one, or cancels one, on a running server.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class RunsCli implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Which of list, get and cancel?");
  }

  @Command(
      name = "list",
      description = "Lists runs, newest first. The list may lag by two seconds.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--function", description = "Only runs of this function.")
          @Nullable String function,
      @Option(names = "--status", description = "Only running, completed, failed or cancelled.")
          @Nullable String status,
      @Option(
              names = "--limit",
              defaultValue = "20",
              description = "Runs at most: 1 to 1000 (default: ${DEFAULT-VALUE}).")
          int limit,
      @Option(names = "--cursor", description = "Go on after an earlier list, as that list says.")
          @Nullable String cursor,
      @Mixin OutputOptions output,
      @Mixin ServerOptions server)
      throws ServerException {
    var query =
        Client.query(
            Map.of(
                "function", Optional.ofNullable(function),
                "status", Optional.ofNullable(status),
                "cursor", Optional.ofNullable(cursor),
                "limit", Optional.of(Integer.toString(limit))));
    try (var client = server.client()) {
      var answer = client.get("/v1/runs" + query);
      var command = Objects.requireNonNull(spec).commandLine();
      if (output.isJson()) {
        command.getOut().println(OutputOptions.pretty(answer));
      } else {
        RunTexts.printList(command.getOut(), answer.path("data"));
        var next = answer.path("page").path("cursor").asText("");
        if (answer.path("page").path("has_more").asBoolean()) {
          command.getErr().println("There are more: add --cursor " + next);
        }
      }
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "get",
      description = "Shows a run with its steps.",
      mixinStandardHelpOptions = true)
  int get(
      @Parameters(paramLabel = "RUN", description = "Its id.") String id,
      @Mixin OutputOptions output,
      @Mixin ServerOptions server)
      throws ServerException {
    try (var client = server.client()) {
      var answer = client.get("/v1/runs/" + Client.segment(id));
      var out = Objects.requireNonNull(spec).commandLine().getOut();
      if (output.isJson()) {
        out.println(OutputOptions.pretty(answer));
      } else {
        RunTexts.print(out, answer.path("data"));
      }
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "cancel",
      description = "Ends a run before its time. To cancel it again changes nothing.",
      mixinStandardHelpOptions = true)
  int cancel(
      @Parameters(paramLabel = "RUN", description = "Its id.") String id,
      @Mixin ServerOptions server)
      throws ServerException {
    try (var client = server.client()) {
      client.delete("/v1/runs/" + Client.segment(id));
      Objects.requireNonNull(spec).commandLine().getOut().println("The run is cancelled.");
    }
    return ExitCode.DONE;
  }
}
