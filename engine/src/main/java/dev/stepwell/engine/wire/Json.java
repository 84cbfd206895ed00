package dev.stepwell.engine.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value as UTF-8 bytes, never parsed on its way through. The bytes are shared, not copied:
 * nobody writes to them.
 */
public final class Json {

  public static final Json NULL = of("null");
  public static final Json EMPTY_OBJECT = of("{}");

  private final byte[] utf8;

  private Json(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** Takes {@code utf8} over; it must hold one valid JSON value. */
  public static Json ofUtf8(byte[] utf8) {
    return new Json(utf8);
  }

  public static Json of(String text) {
    return new Json(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes themselves, not a copy. */
  public byte[] utf8() {
    return utf8;
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
