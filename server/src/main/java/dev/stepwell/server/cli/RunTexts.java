package dev.stepwell.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Puts runs, as the server's JSON has them, into words for people. */
final class RunTexts {

  private static final int RESULT_MAX_CHARS = 70;
  private static final int MILLIS_UNTIL = 1_000;
  private static final int SECONDS_UNTIL = 120_000;

  private RunTexts() {}

  static void printList(PrintWriter out, JsonNode runs) {
    var table = new Table("RUN", "FUNCTION", "STATUS", "EVENT", "STARTED", "TOOK");
    for (var run : runs) {
      table.add(
          run.path("run_id").asText(),
          run.path("function_id").asText(),
          run.path("status").asText(),
          run.path("event_name").asText(),
          instant(run, "run_started_at").map(RunTexts::seconds).orElse(""),
          took(run, "run_started_at"));
    }
    table.print(out);
  }

  static void print(PrintWriter out, JsonNode run) {
    out.println("run       " + run.path("run_id").asText());
    out.println("function  " + run.path("function_id").asText());
    out.println(
        "event     " + run.path("event_name").asText() + " " + run.path("event_id").asText());
    out.println("status    " + run.path("status").asText());
    out.println(
        "started   "
            + instant(run, "run_started_at").map(RunTexts::seconds).orElse("")
            + instant(run, "ended_at")
                .map(end -> ", ended " + seconds(end) + " after " + took(run, "run_started_at"))
                .orElse(""));
    if (!error(run).isEmpty()) {
      out.println("error     " + error(run));
    } else if (!run.path("output").isNull()) {
      out.println("output    " + run.path("output"));
    }
    instant(run, "retry_at").ifPresent(at -> out.println("retry     " + seconds(at)));
    run.path("warnings").forEach(warning -> out.println("warning   " + warning.asText()));
    printSteps(out, run.path("steps"));
  }

  private static void printSteps(PrintWriter out, JsonNode steps) {
    if (steps.isEmpty()) {
      return;
    }
    out.println();
    var table = new Table("STEP", "KIND", "STATE", "TRIES", "TOOK", "RESULT");
    for (var step : steps) {
      table.add(
          step.path("name").asText(),
          step.path("kind").asText(),
          step.path("phase").asText().replace('_', ' '),
          step.path("attempts").asText(),
          took(step, "started_at"),
          result(step));
    }
    table.print(out);
  }

  private static String result(JsonNode step) {
    var waiting =
        instant(step, "until")
            .filter(_ -> step.path("ended_at").isNull())
            .map(until -> "until " + seconds(until))
            .orElse("");
    var what = step.path("waits_for").asText("");
    var text =
        !error(step).isEmpty()
            ? error(step) + instant(step, "until").map(at -> "; again at " + seconds(at)).orElse("")
            : !waiting.isEmpty()
                ? (what + " " + waiting).strip()
                : step.path("output").isNull() ? "" : step.path("output").toString();
    return brief(text);
  }

  private static String error(JsonNode of) {
    var error = of.path("error");
    return error.isObject() ? error.path("message").asText() : "";
  }

  /** One line of at most {@value #RESULT_MAX_CHARS} characters. */
  static String brief(String text) {
    var line = text.replaceAll("\\s+", " ");
    return line.length() <= RESULT_MAX_CHARS ? line : line.substring(0, RESULT_MAX_CHARS) + "...";
  }

  private static Optional<Instant> instant(JsonNode of, String member) {
    var text = of.path(member).asText("");
    return text.isEmpty() || text.equals("null")
        ? Optional.empty()
        : Optional.of(Instant.parse(text));
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String took(JsonNode of, String since) {
    var start = instant(of, since);
    var end = instant(of, "ended_at");
    return start.isEmpty() || end.isEmpty() ? "" : text(Duration.between(start.get(), end.get()));
  }

  static String text(Duration duration) {
    var millis = duration.toMillis();
    if (millis < MILLIS_UNTIL) {
      return millis + " ms";
    }
    return millis < SECONDS_UNTIL
        ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
        : duration.truncatedTo(ChronoUnit.SECONDS).toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
