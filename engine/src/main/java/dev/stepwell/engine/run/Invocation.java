package dev.stepwell.engine.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The event by which one run starts another. Its data are the input and a member {@code _inngest}
 * that says who invoked whom; senders outside cannot set that member.
 */
final class Invocation {
  private Invocation() {}

  static final String EVENT_NAME = "inngest/function.invoked";

  private static final String META = "_inngest";
  private static final String CORRELATION = "correlation_id";
  private static final JsonFactory JSON = new JsonFactory();

  /** Who waits for a run's end. */
  record Caller(Ulid run, String step) {}

  /** The event for a step that invokes; the same whenever it is made. */
  static Event event(Ulid runId, Active run, RunFact.InvokeStarted invoke) {
    var id = runId.derive("invoke " + invoke.step());
    return new Event(
        Ulid.of(invoke.atMillis(), id.high(), id.low()),
        Optional.empty(),
        EVENT_NAME,
        invoke.atMillis(),
        invoke.atMillis(),
        data(runId, run, invoke),
        run.event().user(),
        Optional.empty());
  }

  /** Who invoked the run that was started by {@code event}, if somebody did. */
  static Optional<Caller> caller(Event event) {
    if (!event.name().equals(EVENT_NAME)) {
      return Optional.empty();
    }
    try (var json = event.data().parser()) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var name = json.currentName();
        json.nextToken();
        if (name.equals(META)) {
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            var member = json.currentName();
            json.nextToken();
            if (member.equals(CORRELATION)) {
              return Optional.of(parse(json.getText()));
            }
            json.skipChildren();
          }
        } else {
          json.skipChildren();
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("an event of our own is not JSON: " + event.id(), e);
    }
  }

  private static Caller parse(String correlation) {
    var dot = correlation.indexOf('.');
    return new Caller(Ulid.parse(correlation.substring(0, dot)), correlation.substring(dot + 1));
  }

  private static Json data(Ulid runId, Active run, RunFact.InvokeStarted invoke) {
    var bytes = new ByteArrayOutputStream(invoke.input().sizeBytes() + 256);
    try {
      bytes.write('{');
      writeMembers(bytes, invoke.input());
      var meta = meta(runId, run, invoke);
      bytes.write(meta, 1, meta.length - 1);
    } catch (IOException e) {
      throw new UncheckedIOException("an input that is not JSON", e);
    }
    return Json.ofUtf8(bytes.toByteArray());
  }

  /** Each as it is, byte by byte, and a comma behind it; all but a member with our name. */
  private static void writeMembers(ByteArrayOutputStream out, Json input) throws IOException {
    try (var in = input.parser()) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        var from = (int) in.currentTokenLocation().getByteOffset();
        var reserved = in.currentName().equals(META);
        in.nextToken();
        in.skipChildren();
        in.finishToken();
        if (!reserved) {
          out.write(input.utf8(), from, (int) in.currentLocation().getByteOffset() - from);
          out.write(',');
        }
      }
    }
  }

  private static byte[] meta(Ulid runId, Active run, RunFact.InvokeStarted invoke)
      throws IOException {
    var bytes = new ByteArrayOutputStream(256);
    try (var out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeObjectFieldStart(META);
      out.writeStringField("fn_id", invoke.function());
      out.writeStringField("source_fn_id", run.function());
      out.writeStringField(CORRELATION, runId + "." + invoke.step());
      out.writeNumberField("expire", invoke.untilMillis());
      out.writeEndObject();
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
