package dev.stepwell.server.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the server says about runs and events. */
final class Seen {
  private Seen() {}

  /**
   * A run.
   *
   * @param listed its status in the list, {@code status} being its own word
   * @param endedAtMillis as the list says
   */
  record Run(
      String id,
      String function,
      String eventId,
      String listed,
      String status,
      OptionalLong endedAtMillis,
      String output,
      List<Step> steps) {

    Optional<Step> step(String name) {
      return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }
  }

  /**
   * A step.
   *
   * @param output a text as it is, of an answer its text, anything else as JSON; empty if there is
   *     none
   */
  record Step(
      String name,
      String phase,
      int attempts,
      long startedAtMillis,
      OptionalLong endedAtMillis,
      OptionalLong untilMillis,
      String output) {}

  /**
   * An event.
   *
   * @param about its key, or the run that has finished
   */
  record Event(String id, String name, String about) {}

  static Run run(JsonNode line, JsonNode run) {
    var steps = new ArrayList<Step>();
    run.path("steps").forEach(step -> steps.add(step(step)));
    return new Run(
        line.path("run_id").asText(),
        line.path("function_id").asText(),
        line.path("event_id").asText(),
        line.path("status").asText(),
        run.path("status").asText(),
        millis(line.path("ended_at")),
        text(run.path("output")),
        steps);
  }

  private static Step step(JsonNode step) {
    return new Step(
        step.path("name").asText(),
        step.path("phase").asText(),
        step.path("attempts").asInt(),
        millis(step.path("started_at")).orElse(0),
        millis(step.path("ended_at")),
        millis(step.path("until")),
        text(step.path("output")));
  }

  static Event event(JsonNode event) {
    var data = event.path("data");
    return new Event(
        event.path("internal_id").asText(),
        event.path("name").asText(),
        data.path("key").asText(data.path("run_id").asText()));
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (value.has("text")) {
      return value.path("text").asText();
    }
    return value.isTextual() ? value.asText() : value.toString();
  }

  private static OptionalLong millis(JsonNode instant) {
    return instant.isTextual()
        ? OptionalLong.of(Instant.parse(instant.asText()).toEpochMilli())
        : OptionalLong.empty();
  }
}
