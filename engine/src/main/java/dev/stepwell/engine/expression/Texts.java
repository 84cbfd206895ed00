package dev.stepwell.engine.expression;

import dev.cel.common.values.CelByteString;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Values as texts. */
final class Texts {

  private static final double EXACT_BELOW = 1L << 53;
  private static final int NANO_DIGITS = 9;

  private Texts() {}

  /**
   * A value as it is joined to a text.
   *
   * @throws EvaluationException for what has parts, and for bytes that are not UTF-8
   */
  static String of(Object value) throws EvaluationException {
    return switch (value) {
      case String text -> text;
      case Double number when number == Math.rint(number) && Math.abs(number) < EXACT_BELOW ->
          Long.toString(number.longValue());
      case Number number -> number.toString();
      case Boolean b -> b.toString();
      case Instant instant -> instant.toString();
      case Duration duration -> seconds(duration);
      case CelByteString bytes when bytes.isValidUtf8() -> bytes.toStringUtf8();
      case Nothing nothing -> nothing == Nothing.NULL ? "null" : "";
      default -> throw new EvaluationException(kind(value) + " is no text");
    };
  }

  private static String seconds(Duration duration) {
    var fraction = BigDecimal.valueOf(duration.getNano(), NANO_DIGITS);
    return BigDecimal.valueOf(duration.getSeconds())
            .add(fraction)
            .stripTrailingZeros()
            .toPlainString()
        + "s";
  }

  /** What a value is, for people. */
  static String kind(Object value) {
    return switch (value) {
      case String _ -> "a text";
      case Number _ -> "a number";
      case Boolean _ -> "true or false";
      case List<?> _ -> "a list";
      case Map<?, ?> _ -> "an object";
      case Instant _ -> "a time";
      case Duration _ -> "a duration";
      case CelByteString _ -> "bytes";
      case Type _ -> "a type";
      case Nothing nothing -> nothing == Nothing.NULL ? "null" : "something missing";
      default -> throw new IllegalArgumentException("no value: " + value.getClass());
    };
  }
}
