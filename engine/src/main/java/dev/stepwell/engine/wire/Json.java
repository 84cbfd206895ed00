package dev.stepwell.engine.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value as UTF-8 bytes, never parsed on its way through. The bytes are shared, not copied:
 * nobody writes to them. In a message between nodes it is these bytes, not text.
 */
public final class Json {

  public static final Json NULL = of("null");
  public static final Json EMPTY_OBJECT = of("{}");

  // The parser keeps its nesting on the heap, and all texts are bounded by the value's own size.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final byte[] utf8;

  private Json(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** Takes {@code utf8} over; it must hold one valid JSON value. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Json ofUtf8(byte[] utf8) {
    return new Json(utf8);
  }

  public static Json of(String text) {
    return new Json(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes themselves, not a copy. */
  @JsonValue
  public byte[] utf8() {
    return utf8;
  }

  /**
   * Reads it from front to back. What is kept is bounded in size; the parser sets no bounds of its
   * own, so that whatever was kept once can be read for ever.
   */
  public JsonParser parser() throws IOException {
    return FACTORY.createParser(utf8);
  }

  public int sizeBytes() {
    return utf8.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Json json && Arrays.equals(utf8, json.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
