package dev.stepwell.gateway.call;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as JavaScript writes them: the fewest digits that are read back as the same double. */
final class EcmaNumbers {

  /** Below it every whole number is a double of its own. */
  private static final double EXACT_BELOW = 1L << 53;

  /** Numbers with more digits before the point have an exponent. */
  private static final int DIGITS_BEFORE_MAX = 21;

  /** Numbers with as many zeros behind the point have an exponent. */
  private static final int ZEROS_BEHIND_MAX = 6;

  private EcmaNumbers() {}

  /** The text of a number; of what is too large for a double, {@code null}, as JavaScript does. */
  static String text(double number) {
    if (!Double.isFinite(number)) {
      return "null";
    }
    if (number == Math.rint(number) && Math.abs(number) < EXACT_BELOW) {
      return Long.toString((long) number);
    }
    var sign = number < 0 ? "-" : "";
    return sign + positive(shortest(Math.abs(number)));
  }

  /** Java keeps two digits where one would do, if two are closer. */
  private static BigDecimal shortest(double number) {
    var decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (decimal.precision() == 2) {
      var one = decimal.round(new MathContext(1));
      if (one.doubleValue() == number) {
        return one.stripTrailingZeros();
      }
    }
    return decimal;
  }

  private static String positive(BigDecimal number) {
    var digits = number.unscaledValue().toString();
    // The number is 0.DIGITS times ten to this power.
    var point = number.precision() - number.scale();
    if (point > DIGITS_BEFORE_MAX || point <= -ZEROS_BEHIND_MAX) {
      var fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
      return digits.charAt(0) + fraction + "e" + (point > 0 ? "+" : "") + (point - 1);
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return digits + "0".repeat(point - digits.length());
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }
}
