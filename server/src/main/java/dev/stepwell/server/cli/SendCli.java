package dev.stepwell.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stepwell.server.client.Client;
import dev.stepwell.server.client.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends one event to a running server. */
@Command(
    name = "send",
    description = "Sends an event to a running server and prints the event's id.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With --wait it exits with 0 if every run that the event has started completed, and with 1",
      "if one failed or was cancelled, none was started, or --timeout passed."
    })
final class SendCli implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "EVENT", description = "The event's name, as in order/placed.")
  private String name = "";

  @Option(
      names = {"-d", "--data"},
      paramLabel = "JSON",
      description = "The event's data, a JSON object; @FILE reads it from a file, @- from stdin.")
  private String data = "{}";

  @Option(
      names = "--id",
      description = "An id of your own: a second event with it within 24 hours starts nothing.")
  private @Nullable String id;

  @Option(
      names = "--key",
      defaultValue = "${env:INNGEST_EVENT_KEY:-dev}",
      description = "The event key. 'dev' servers take any. Or INNGEST_EVENT_KEY.")
  private String key = "dev";

  @Option(names = "--wait", description = "Wait for the runs that it starts, and print their ends.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait at most (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds = 60;

  @Mixin private ServerOptions server = new ServerOptions();

  @Override
  public Integer call() throws ServerException {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    try (var client = server.client()) {
      var answer = client.post("/e/" + Client.segment(key), body());
      var event = answer.path("ids").path(0).asText();
      out.println(event);
      return wait
          ? new RunWatch(client, out, Duration.ofSeconds(timeoutSeconds)).watch(event)
          : ExitCode.DONE;
    }
  }

  private byte[] body() {
    var event = Client.JSON.createObjectNode().put("name", name);
    event.set("data", data());
    if (id != null) {
      event.put("id", id);
    }
    try {
      return Client.JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  private JsonNode data() {
    try {
      var tree = Client.JSON.readTree(text());
      if (!tree.isObject()) {
        throw new CliFailedException(ExitCode.USAGE, "--data must be a JSON object.");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new CliFailedException(
          ExitCode.USAGE, "--data is not good JSON: " + e.getOriginalMessage() + ".");
    }
  }

  private String text() {
    if (!data.startsWith("@")) {
      return data;
    }
    var file = data.substring(1);
    try {
      return file.equals("-")
          ? new String(System.in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (IOException _) {
      throw new CliFailedException(
          ExitCode.USAGE, "The file '%s' can't be read as text.".formatted(file));
    }
  }
}
