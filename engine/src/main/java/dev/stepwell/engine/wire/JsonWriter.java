package dev.stepwell.engine.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes one JSON value into memory. Payloads go in as they are; half characters, which user code
 * may have put into its messages, become question marks.
 */
public final class JsonWriter {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final JsonGenerator out;

  private JsonWriter() throws IOException {
    out = FACTORY.createGenerator(bytes);
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  /** An object with the members that {@code members} writes, as UTF-8. */
  public static byte[] object(Consumer<JsonWriter> members) {
    try {
      var writer = new JsonWriter();
      try (var _ = writer.out) {
        writer.item(members);
      }
      return writer.bytes.toByteArray();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  public JsonWriter text(String name, String value) {
    return text(name, Optional.of(value));
  }

  /** A member that is null if the value is empty, as all of these are. */
  public JsonWriter text(String name, Optional<String> value) {
    return member(
        name,
        () -> {
          if (value.isPresent()) {
            out.writeString(wellFormed(value.get()));
          } else {
            out.writeNull();
          }
        });
  }

  public JsonWriter instant(String name, Optional<Instant> value) {
    return text(name, value.map(Instant::toString));
  }

  public JsonWriter number(String name, long value) {
    return member(name, () -> out.writeNumber(value));
  }

  public JsonWriter flag(String name, boolean value) {
    return member(name, () -> out.writeBoolean(value));
  }

  public JsonWriter json(String name, Optional<Json> value) {
    return member(
        name,
        () -> {
          out.writeRawValue("");
          out.flush();
          bytes.writeBytes(value.orElse(Json.NULL).utf8());
        });
  }

  /** A member that is as it is: not null. */
  public JsonWriter json(String name, Json value) {
    return json(name, Optional.of(value));
  }

  public JsonWriter object(String name, Consumer<JsonWriter> members) {
    return member(name, () -> item(members));
  }

  public <T> JsonWriter objects(String name, Iterable<T> values, BiConsumer<JsonWriter, T> each) {
    return member(
        name,
        () -> {
          out.writeStartArray();
          for (var value : values) {
            item(writer -> each.accept(writer, value));
          }
          out.writeEndArray();
        });
  }

  public JsonWriter texts(String name, Iterable<String> values) {
    return member(
        name,
        () -> {
          out.writeStartArray();
          for (var value : values) {
            out.writeString(wellFormed(value));
          }
          out.writeEndArray();
        });
  }

  private void item(Consumer<JsonWriter> members) throws IOException {
    out.writeStartObject();
    members.accept(this);
    out.writeEndObject();
  }

  private JsonWriter member(String name, Writing value) {
    try {
      out.writeFieldName(name);
      value.run();
      return this;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static IllegalStateException unwritable(IOException e) {
    return new IllegalStateException("memory can be written to", e);
  }
}
