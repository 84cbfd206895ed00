package dev.stepwell.engine.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import dev.stepwell.engine.run.RunState.Ended;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The events that the engine itself publishes about a run's end. */
public final class OwnEvents {
  private OwnEvents() {}

  public static final String FINISHED = "inngest/function.finished";
  public static final String FAILED = "inngest/function.failed";
  public static final String CANCELLED = "inngest/function.cancelled";

  private static final String RUN_ID = "run_id";
  private static final JsonFactory JSON = new JsonFactory();

  /** The names of the events about a run's end. None about runs that such events started. */
  static List<String> namesOfEnd(Ended ended) {
    var trigger = ended.run().event().name();
    if (trigger.equals(FINISHED) || trigger.equals(FAILED) || trigger.equals(CANCELLED)) {
      return List.of();
    }
    return switch (ended.outcome()) {
      case Outcome.Completed _ -> List.of(FINISHED);
      case Outcome.Failed _ -> List.of(FINISHED, FAILED);
      case Outcome.Cancelled _ -> List.of(FINISHED, CANCELLED);
    };
  }

  /** The run that an event of ours is about. */
  public static Ulid runOf(Event event) {
    try (var in = event.data().parser()) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        var name = in.currentName();
        in.nextToken();
        if (name.equals(RUN_ID)) {
          return Ulid.parse(in.getText());
        }
        in.skipChildren();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an event of our own is not JSON: " + event.id(), e);
    }
    throw new IllegalArgumentException("an event about no run: " + event.id());
  }

  /** One event of a run's end; the same whenever it is made. */
  static Event ofEnd(Ulid runId, Ended ended, String name) {
    var id = runId.derive(name);
    return new Event(
        Ulid.of(ended.endedAtMillis(), id.high(), id.low()),
        Optional.empty(),
        name,
        ended.endedAtMillis(),
        ended.endedAtMillis(),
        data(runId, ended),
        Optional.empty(),
        Optional.empty());
  }

  private static Json data(Ulid runId, Ended ended) {
    var event = ended.run().event();
    var bytes = new ByteArrayOutputStream(event.data().sizeBytes() * 2 + 512);
    try (var out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("function_id", ended.run().function());
      out.writeStringField(RUN_ID, runId.toString());
      out.writeFieldName("event");
      write(out, event);
      out.writeArrayFieldStart("events");
      write(out, event);
      out.writeEndArray();
      switch (ended.outcome()) {
        case Outcome.Completed(var output) -> raw(out, "result", output);
        case Outcome.Failed(var failure) -> write(out, failure);
        case Outcome.Cancelled(var reason) -> write(out, new Failure("Cancelled", reason, ""));
      }
      out.writeObjectFieldStart("_inngest");
      out.writeStringField("status", status(ended.outcome()));
      out.writeEndObject();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return Json.ofUtf8(bytes.toByteArray());
  }

  private static void write(JsonGenerator out, Event event) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", event.publicId());
    out.writeStringField("name", event.name());
    raw(out, "data", event.data());
    out.writeNumberField("ts", event.tsMillis());
    if (event.user().isPresent()) {
      raw(out, "user", event.user().get());
    }
    if (event.version().isPresent()) {
      out.writeStringField("v", event.version().get());
    }
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, Failure failure) throws IOException {
    if (failure.details().isPresent()) {
      raw(out, "error", failure.details().get());
      return;
    }
    out.writeObjectFieldStart("error");
    out.writeStringField("name", failure.name());
    out.writeStringField("message", failure.message());
    out.writeStringField("stack", failure.stack());
    out.writeEndObject();
  }

  private static void raw(JsonGenerator out, String name, Json value) throws IOException {
    out.writeFieldName(name);
    out.writeRawValue(new String(value.utf8(), StandardCharsets.UTF_8));
  }

  private static String status(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed _ -> "Completed";
      case Outcome.Failed _ -> "Failed";
      case Outcome.Cancelled _ -> "Cancelled";
    };
  }
}
