package dev.stepwell.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.stepwell.server.client.Client;
import picocli.CommandLine.Option;

/** For whom the answer is. */
final class OutputOptions {

  /** For people, or for programs. */
  enum Output {
    TABLE,
    JSON
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "table (the default), or json: the server's answer as it came.")
  private Output output = Output.TABLE;

  boolean isJson() {
    return output == Output.JSON;
  }

  static String pretty(JsonNode json) {
    try {
      return Client.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }
}
