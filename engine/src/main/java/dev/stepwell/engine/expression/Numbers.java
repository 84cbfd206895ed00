package dev.stepwell.engine.expression;

import com.google.common.primitives.UnsignedLong;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Arithmetic of whole numbers with and without a sign, and of fractions, in any mixture. */
final class Numbers {

  private static final int UNSIGNED_BITS = 64;

  private Numbers() {}

  /** Below zero if the left one is less. */
  static int compare(Number left, Number right) throws EvaluationException {
    if (left instanceof Long a && right instanceof Long b) {
      return Long.compare(a, b);
    }
    if (isWhole(left) && isWhole(right)) {
      return big(left).compareTo(big(right));
    }
    var a = left.doubleValue();
    var b = right.doubleValue();
    if (Double.isNaN(a) || Double.isNaN(b)) {
      throw new EvaluationException("NaN can't be compared");
    }
    return a < b ? -1 : a > b ? 1 : 0;
  }

  /**
   * A sum, difference, product, quotient or remainder.
   *
   * @throws ArithmeticException if it is beyond what its kind can hold, or nothing is divided by
   */
  static Number calculate(char operator, Number left, Number right) {
    if (left instanceof Long a && right instanceof Long b) {
      return whole(operator, a, b);
    }
    if (isWhole(left) && isWhole(right)) {
      var result = big(operator, big(left), big(right));
      return left instanceof UnsignedLong && right instanceof UnsignedLong
          ? unsigned(result)
          : (Number) result.longValueExact();
    }
    return fraction(operator, left.doubleValue(), right.doubleValue());
  }

  /**
   * A number without its fraction, and without a sign.
   *
   * @throws ArithmeticException if it is below zero or too large
   */
  static UnsignedLong unsigned(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new ArithmeticException("no whole number: " + number);
    }
    return unsigned(new BigDecimal(number).toBigInteger());
  }

  private static UnsignedLong unsigned(BigInteger number) {
    if (number.signum() < 0 || number.bitLength() > UNSIGNED_BITS) {
      throw new ArithmeticException("no whole number without a sign: " + number);
    }
    return UnsignedLong.valueOf(number);
  }

  private static boolean isWhole(Number number) {
    return number instanceof Long || number instanceof UnsignedLong;
  }

  private static BigInteger big(Number whole) {
    return whole instanceof UnsignedLong unsigned
        ? unsigned.bigIntegerValue()
        : BigInteger.valueOf(whole.longValue());
  }

  private static long whole(char operator, long a, long b) {
    return switch (operator) {
      case '+' -> Math.addExact(a, b);
      case '-' -> Math.subtractExact(a, b);
      case '*' -> Math.multiplyExact(a, b);
      case '/' -> Math.divideExact(a, b);
      case '%' -> a % b;
      default -> throw unknown(operator);
    };
  }

  private static BigInteger big(char operator, BigInteger a, BigInteger b) {
    return switch (operator) {
      case '+' -> a.add(b);
      case '-' -> a.subtract(b);
      case '*' -> a.multiply(b);
      case '/' -> a.divide(b);
      case '%' -> a.remainder(b);
      default -> throw unknown(operator);
    };
  }

  private static double fraction(char operator, double a, double b) {
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> a / b;
      case '%' -> a % b;
      default -> throw unknown(operator);
    };
  }

  private static IllegalArgumentException unknown(char operator) {
    return new IllegalArgumentException("no operator: " + operator);
  }
}
