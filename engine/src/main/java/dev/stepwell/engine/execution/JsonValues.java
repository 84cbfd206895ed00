package dev.stepwell.engine.execution;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
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
      var bytes = MAPPER.writeValueAsBytes(value);
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
