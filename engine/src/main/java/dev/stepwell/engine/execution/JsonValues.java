package dev.stepwell.engine.execution;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import dev.stepwell.NonRetryableException;
import dev.stepwell.engine.wire.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the authors' values into JSON and back. Unknown members are ignored, so that records may
 * lose components; instants are ISO 8601 text.
 */
public final class JsonValues {
  private JsonValues() {}

  /** The size up to which a step's result, an input or an output is kept. */
  public static final int BYTES_MAX = 4 * 1024 * 1024;

  private static final ObjectMapper MAPPER =
      // The usual pool is one for each thread: of no use to threads that live as long as a run.
      JsonMapper.builder(
              JsonFactory.builder()
                  .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                  // What can be written must be readable, or a run fails at its first replay. Both
                  // ways the parser's and the generator's bound of 1,000 on nesting stays.
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .addModules(new Jdk8Module(), new JavaTimeModule(), new ParameterNamesModule())
          .annotationIntrospector(new SealedTypes())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  /**
   * A value as JSON.
   *
   * @throws NonRetryableException if it has none, or more than {@link #BYTES_MAX}
   */
  public static Json write(@Nullable Object value) {
    if (value == null) {
      return Json.NULL;
    }
    try {
      var bytes = writer(value).writeValueAsBytes(value);
      if (bytes.length > BYTES_MAX) {
        throw new NonRetryableException(
            "a value of " + bytes.length + " bytes; at most " + BYTES_MAX + " are kept");
      }
      return Json.ofUtf8(bytes);
    } catch (JsonProcessingException e) {
      throw new NonRetryableException(
          value.getClass().getName() + " has no JSON form: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * A value as a JSON object, for others to read.
   *
   * @throws NonRetryableException if it has none, or more than {@link #BYTES_MAX}
   */
  public static Json writeObject(Object value) {
    var json = write(value);
    try (var in = json.parser()) {
      if (in.nextToken() == JsonToken.START_OBJECT) {
        in.skipChildren();
        if (in.nextToken() == null) {
          return json;
        }
      }
    } catch (IOException malformed) {
      // Authors can have a text of their own written, as it is.
      throw new NonRetryableException(value.getClass().getName() + " has no JSON form", malformed);
    }
    throw new NonRetryableException(value.getClass().getName() + " is not an object in JSON");
  }

  private static ObjectWriter writer(Object value) {
    return SealedTypes.writtenAs(value).map(MAPPER::writerFor).orElseGet(MAPPER::writer);
  }

  /**
   * JSON as a value of {@code type}.
   *
   * @throws NonRetryableException if it does not fit
   */
  public static <T extends @Nullable Object> T read(Json json, Class<T> type) {
    try {
      return MAPPER.readValue(json.utf8(), type);
    } catch (IOException e) {
      throw new NonRetryableException(
          "stored JSON does not fit " + type.getName() + ": " + e.getMessage(), e);
    }
  }
}
