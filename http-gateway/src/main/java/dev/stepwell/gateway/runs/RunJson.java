package dev.stepwell.gateway.runs;

import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.run.RunView.StepView;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.JsonWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes runs: what Inngest's API shows under its names, and what only we know beside it. */
final class RunJson {

  private static final String ENVIRONMENT = "00000000-0000-4000-b000-000000000000";

  /** Functions are not counted by version yet. */
  private static final int FUNCTION_VERSION = 1;

  private RunJson() {}

  /** A run with its steps. */
  static void write(JsonWriter out, RunView run) {
    writeWithoutSteps(out, run);
    out.objects("steps", run.steps(), RunJson::step);
    out.texts("warnings", run.warnings());
  }

  /** A run as one of several: steps may hold megabytes. */
  static void writeWithoutSteps(JsonWriter out, RunView run) {
    out.text("run_id", run.id().toString());
    out.instant("run_started_at", Optional.of(run.startedAt()));
    function(out, run.function());
    out.text("event_id", run.event().id().toString());
    out.text("event_name", run.event().name());
    out.text("status", status(run.status()));
    out.instant("ended_at", run.endedAt());
    // A failed run's output is its error, as SDKs return it.
    if (run.status() == RunStatus.FAILED && run.failure().isPresent()) {
      out.object("output", members -> failure(members, run.failure().get()));
    } else {
      out.json("output", run.output());
    }
    failure(out, run.failure());
    out.number("attempts", run.attempts());
    out.instant("retry_at", run.retryAt());
  }

  /** A line of the list. */
  static void write(JsonWriter out, RunIndex.Row run) {
    out.text("run_id", run.runId().toString());
    out.instant("run_started_at", Optional.of(Instant.ofEpochMilli(run.startedAtMillis())));
    function(out, run.function());
    out.text("event_id", run.eventId().toString());
    out.text("event_name", run.eventName());
    out.text("status", status(run.status()));
    out.instant("ended_at", instant(run.endedAtMillis()));
  }

  private static void function(JsonWriter out, String function) {
    out.text("function_id", function);
    out.number("function_version", FUNCTION_VERSION);
    out.text("environment_id", ENVIRONMENT);
  }

  private static void step(JsonWriter out, StepView step) {
    out.text("name", step.name());
    out.text("kind", lowerCase(step.kind()));
    out.text("phase", lowerCase(step.phase()));
    out.number("attempts", step.attempts());
    out.instant("started_at", Optional.of(step.startedAt()));
    out.instant("ended_at", step.endedAt());
    out.json("output", step.output());
    failure(out, step.failure());
    out.instant("until", step.until());
    out.text("waits_for", step.waitsFor());
  }

  private static void failure(JsonWriter out, Optional<Failure> failure) {
    if (failure.isPresent()) {
      out.object("error", members -> failure(members, failure.get()));
    } else {
      out.json("error", Optional.empty());
    }
  }

  private static void failure(JsonWriter out, Failure failure) {
    out.text("name", failure.name());
    out.text("message", failure.message());
    out.text("stack", failure.stack());
  }

  /** As Inngest writes it: with a capital. */
  static String status(RunStatus status) {
    return switch (status) {
      case RUNNING -> "Running";
      case COMPLETED -> "Completed";
      case FAILED -> "Failed";
      case CANCELLED -> "Cancelled";
    };
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Instant> instant(OptionalLong millis) {
    return millis.isPresent()
        ? Optional.of(Instant.ofEpochMilli(millis.getAsLong()))
        : Optional.empty();
  }
}
