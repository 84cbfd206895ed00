package dev.stepwell.engine.expression;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What kinds of values there are; a type is a value as well, under its name in small letters. */
enum Type {
  BOOL,
  INT,
  UINT,
  DOUBLE,
  STRING,
  BYTES,
  LIST,
  MAP,
  NULL_TYPE,
  TIMESTAMP,
  DURATION,
  TYPE;

  private static final Map<String, Type> BY_NAME =
      Arrays.stream(values())
          .collect(
              Collectors.toUnmodifiableMap(
                  type -> type.name().toLowerCase(Locale.ROOT), Function.identity()));

  /** The type of that name; empty if there is none. */
  static Optional<Type> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /**
   * The type of a value.
   *
   * @throws EvaluationException for what is missing
   */
  static Type of(Object value) throws EvaluationException {
    return switch (value) {
      case Boolean _ -> BOOL;
      case Long _ -> INT;
      case UnsignedLong _ -> UINT;
      case Double _ -> DOUBLE;
      case String _ -> STRING;
      case CelByteString _ -> BYTES;
      case List<?> _ -> LIST;
      case Map<?, ?> _ -> MAP;
      case Instant _ -> TIMESTAMP;
      case Duration _ -> DURATION;
      case Type _ -> TYPE;
      case Nothing.NULL -> NULL_TYPE;
      default -> throw new EvaluationException("what is missing has no type");
    };
  }
}
