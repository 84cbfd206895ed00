package dev.stepwell.engine.expression;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import java.time.Instant;
import java.util.List;

/** The functions that make a value of one type of one of another. */
final class Conversions {

  private Conversions() {}

  /** What {@code int} makes of a value: seconds of a time, and no fraction of a number. */
  static long whole(Object value) throws EvaluationException {
    return switch (value) {
      case Long number -> number;
      case UnsignedLong number -> number.bigIntegerValue().longValueExact();
      case Double number when Math.abs(number) < Long.MAX_VALUE -> number.longValue();
      case Instant instant -> instant.getEpochSecond();
      case String text -> {
        try {
          yield Long.parseLong(text);
        } catch (NumberFormatException _) {
          throw new EvaluationException("no whole number: " + text);
        }
      }
      default -> throw Functions.unfit("int", List.of(value));
    };
  }

  /** What {@code uint} makes of a value. */
  static UnsignedLong natural(Object value) throws EvaluationException {
    return switch (value) {
      case UnsignedLong number -> number;
      case Double number -> Numbers.unsigned(number);
      case String text -> {
        try {
          yield UnsignedLong.fromLongBits(Long.parseUnsignedLong(text));
        } catch (NumberFormatException _) {
          throw new EvaluationException("no whole number without a sign: " + text);
        }
      }
      default -> {
        var number = whole(value);
        if (number < 0) {
          throw new EvaluationException("below zero: " + number);
        }
        yield UnsignedLong.fromLongBits(number);
      }
    };
  }

  /** What {@code double} makes of a value. */
  static double fraction(Object value) throws EvaluationException {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException _) {
          throw new EvaluationException("no number: " + text);
        }
      }
      default -> throw Functions.unfit("double", List.of(value));
    };
  }

  /** What {@code bool} makes of a value. */
  static boolean truth(Object value) throws EvaluationException {
    return switch (value) {
      case Boolean b -> b;
      case String text when text.equals("true") || text.equals("false") -> text.equals("true");
      default -> throw Functions.unfit("bool", List.of(value));
    };
  }

  /** What {@code bytes} makes of a value: a text in UTF-8. */
  static CelByteString bytes(Object value) throws EvaluationException {
    return switch (value) {
      case CelByteString bytes -> bytes;
      case String text -> CelByteString.copyFromUtf8(text);
      default -> throw Functions.unfit("bytes", List.of(value));
    };
  }
}
