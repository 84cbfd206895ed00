package dev.stepwell.engine.expression;

import com.google.common.primitives.UnsignedLong;

/**
 * Keys of maps, in a form in which equal ones are equal to Java too: a number from JSON is a double
 * and still finds what an expression has put under a whole number.
 */
final class Keys {

  /** The first whole number above all that have a sign. */
  private static final double TWO_TO_THE_63 = 0x1p63;

  private Keys() {}

  /**
   * The key that a value is.
   *
   * @throws EvaluationException for all but texts, numbers, true and false; to hash what has parts
   *     is to walk through all of it
   */
  static Object of(Object value) throws EvaluationException {
    return switch (value) {
      case String text -> text;
      case Boolean b -> b;
      case Long number -> number;
      case UnsignedLong number when number.longValue() >= 0 -> number.longValue();
      case UnsignedLong number -> number;
      case Double number when number == Math.rint(number) && Math.abs(number) < TWO_TO_THE_63 ->
          number.longValue();
      case Double number -> number;
      default -> throw new EvaluationException(Texts.kind(value) + " is no key");
    };
  }
}
