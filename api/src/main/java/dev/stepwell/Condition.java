package dev.stepwell;

import dev.stepwell.spi.Lambdas;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.UUID;

/**
 * An equality that an event must meet: the scalar at {@code path} is {@code value}. Numbers are
 * compared by value, so 1 meets 1.0.
 *
 * @param path {@code data.} and the name of one component of the event's record
 * @param value the JSON scalar: a {@code String}, a {@code Boolean}, or a number as {@code Long},
 *     {@code Double}, {@code BigInteger} or {@code BigDecimal}. Shorter numbers become these; an
 *     enum becomes its name, a {@code char} and a {@code UUID} a {@code String}
 */
public record Condition(String path, Object value) {

  private static final String ROOT = "data.";

  /**
   * Refuses what no JSON scalar stands for.
   *
   * @throws IllegalArgumentException if {@code path} is malformed, or {@code value} of another
   *     class, NaN or infinite
   */
  public Condition {
    if (!path.startsWith(ROOT) || !isIdentifier(path, ROOT.length())) {
      throw new IllegalArgumentException("malformed path: '" + path + "'");
    }
    value = scalar(value);
  }

  /** The condition that {@code component}, an accessor of a record, yields {@code value}. */
  public static Condition of(Steps.Component<?, ?> component, Object value) {
    return new Condition(pathOf(component), value);
  }

  static String pathOf(Steps.Component<?, ?> component) {
    return ROOT + Lambdas.componentName(component);
  }

  private static boolean isIdentifier(String text, int from) {
    return from < text.length()
        && Character.isJavaIdentifierStart(text.charAt(from))
        && text.chars().skip(from).allMatch(Character::isJavaIdentifierPart);
  }

  private static Object scalar(Object value) {
    return switch (value) {
      case String s -> s;
      case Boolean b -> b;
      case Long n -> n;
      case Integer n -> n.longValue();
      case Short n -> n.longValue();
      case Byte n -> n.longValue();
      case Double n -> finite(n);
      // By way of text, as JSON goes: 0.1f is written "0.1", but widens to 0.10000000149011612.
      case Float n -> finite(Double.parseDouble(n.toString()));
      case BigInteger n -> n;
      case BigDecimal n -> n;
      case Enum<?> e -> e.name();
      case Character c -> c.toString();
      case UUID id -> id.toString();
      default ->
          throw new IllegalArgumentException(
              "an event is matched by a string, number, boolean or enum, not by a "
                  + value.getClass().getName());
    };
  }

  private static Double finite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has no number " + number);
    }
    return number;
  }
}
