package dev.stepwell.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stepwell.server.client.ServerException;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at the nodes of a running cluster, and has one leave. */
@Command(
    name = "cluster",
    description = "Shows the nodes of a cluster, or has one leave.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class ClusterCli implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(), "Which of status and drain?");
  }

  @Command(
      name = "status",
      description = "Lists all nodes, as the one that is asked sees them.",
      mixinStandardHelpOptions = true)
  int status(@Mixin OutputOptions output, @Mixin ServerOptions server) throws ServerException {
    try (var client = server.client()) {
      var answer = client.get("/v1/cluster");
      var out = Objects.requireNonNull(spec).commandLine().getOut();
      if (output.isJson()) {
        out.println(OutputOptions.pretty(answer));
      } else {
        print(out, answer.path("data"));
      }
    }
    return ExitCode.DONE;
  }

  private static void print(PrintWriter out, JsonNode nodes) {
    var table = new Table("NODE", "STATUS", "ROLES", "VERSION", "");
    for (var node : nodes) {
      table.add(
          node.path("address").asText(),
          node.path("reachable").asBoolean() ? node.path("status").asText() : "unreachable",
          node.path("roles").asText(),
          node.path("version").asText(),
          remarks(node));
    }
    table.print(out);
  }

  private static String remarks(JsonNode node) {
    var self = node.path("self").asBoolean();
    var oldest = node.path("oldest").asBoolean();
    if (self && oldest) {
      return "this one, the oldest";
    }
    return self ? "this one" : oldest ? "the oldest" : "";
  }

  @Command(
      name = "drain",
      description =
          "Has the node that is asked give its work to the others, and end. Its process exits with 0.",
      mixinStandardHelpOptions = true)
  int drain(@Mixin ServerOptions server) throws ServerException {
    try (var client = server.client()) {
      var answer = client.post("/v1/cluster/drain", new byte[0]);
      Objects.requireNonNull(spec).commandLine().getOut().println(answer.path("message").asText());
    }
    return ExitCode.DONE;
  }
}
