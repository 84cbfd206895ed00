package dev.stepwell.engine.expression;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What operators do with values of any kinds, the missing among them. */
final class Operators {

  private static final int DEPTH_MAX = 500;

  private final Budget budget;

  Operators(Budget budget) {
    this.budget = budget;
  }

  /** As JavaScript has it: all but false, zero, the empty text, null and what is missing. */
  static boolean isTruthy(Object value) {
    return switch (value) {
      case Boolean b -> b;
      case Long number -> number != 0;
      case Double number -> number != 0 && !number.isNaN();
      case String text -> !text.isEmpty();
      case Nothing _ -> false;
      default -> true;
    };
  }

  /** What is missing equals null, and nothing else; not even what is missing as well. */
  boolean equal(Object left, Object right) throws EvaluationException {
    if (left == Nothing.MISSING || right == Nothing.MISSING) {
      return left == Nothing.NULL || right == Nothing.NULL;
    }
    return same(left, right, 0);
  }

  private boolean same(Object left, Object right, int depth) throws EvaluationException {
    budget.take(1);
    if (depth > DEPTH_MAX) {
      throw new EvaluationException("values too deep to be compared");
    }
    if (left instanceof Number a && right instanceof Number b) {
      return compareNumbers(a, b) == 0;
    }
    if (left instanceof String text) {
      budget.takeFor(text);
    }
    if (left instanceof List<?> some && right instanceof List<?> others) {
      return sameLists(some, others, depth);
    }
    if (left instanceof Map<?, ?> some && right instanceof Map<?, ?> others) {
      return sameMaps(some, others, depth);
    }
    return left.equals(right);
  }

  private boolean sameLists(List<?> some, List<?> others, int depth) throws EvaluationException {
    if (some.size() != others.size()) {
      return false;
    }
    for (var i = 0; i < some.size(); i++) {
      if (!same(some.get(i), others.get(i), depth + 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean sameMaps(Map<?, ?> some, Map<?, ?> others, int depth) throws EvaluationException {
    if (some.size() != others.size()) {
      return false;
    }
    for (var entry : some.entrySet()) {
      var other = others.get(entry.getKey());
      if (other == null || !same(entry.getValue(), other, depth + 1)) {
        return false;
      }
    }
    return true;
  }

  /** Below zero if the left value comes first. What is missing comes before all else. */
  int compare(Object left, Object right) throws EvaluationException {
    budget.take(1);
    if (left == Nothing.MISSING || right == Nothing.MISSING) {
      return left == Nothing.MISSING ? -1 : 1;
    }
    if (left == Nothing.NULL || right == Nothing.NULL) {
      return compareWithNull(left, right);
    }
    return switch (left) {
      case Number a when right instanceof Number b -> compareNumbers(a, b);
      case String a when right instanceof String b -> {
        budget.takeFor(a);
        yield a.compareTo(b);
      }
      case Boolean a when right instanceof Boolean b -> a.compareTo(b);
      case Instant a when right instanceof Instant b -> a.compareTo(b);
      case Duration a when right instanceof Duration b -> a.compareTo(b);
      default -> throw unfit("compared", left, right);
    };
  }

  /** Null counts as zero among numbers, and as the empty text among texts. */
  private int compareWithNull(Object left, Object right) throws EvaluationException {
    if (left == right) {
      return 0;
    }
    var other = left == Nothing.NULL ? right : left;
    Object zero =
        switch (other) {
          case Number _ -> 0L;
          case String _ -> "";
          default -> throw unfit("compared", left, right);
        };
    return left == Nothing.NULL ? compare(zero, right) : compare(left, zero);
  }

  private static int compareNumbers(Number left, Number right) throws EvaluationException {
    if (left instanceof Long a && right instanceof Long b) {
      return Long.compare(a, b);
    }
    var a = left.doubleValue();
    var b = right.doubleValue();
    if (Double.isNaN(a) || Double.isNaN(b)) {
      throw new EvaluationException("NaN can't be compared");
    }
    return a < b ? -1 : a > b ? 1 : 0;
  }

  /** The sum, or one after the other as texts; of what is missing, the other. */
  Object add(Object left, Object right) throws EvaluationException {
    if (left == Nothing.MISSING) {
      return right == Nothing.MISSING ? false : right;
    }
    if (right == Nothing.MISSING) {
      return left;
    }
    return switch (left) {
      case Number a when right instanceof Number b -> calculate('+', a, b);
      case List<?> a when right instanceof List<?> b -> {
        budget.take(a.size() + b.size());
        var all = new ArrayList<Object>(a);
        all.addAll(b);
        yield all;
      }
      case Instant a when right instanceof Duration b -> plus(a, b);
      case Duration a when right instanceof Instant b -> plus(b, a);
      case Duration a when right instanceof Duration b -> a.plus(b);
      default -> joined(left, right);
    };
  }

  private String joined(Object left, Object right) throws EvaluationException {
    var text = Texts.of(left) + Texts.of(right);
    budget.takeFor(text);
    return text;
  }

  /** A difference, product, quotient or remainder. */
  Object calculate(char operator, Object left, Object right) throws EvaluationException {
    try {
      return switch (left) {
        case Long a when right instanceof Long b -> whole(operator, a, b);
        case Number a when right instanceof Number b ->
            fraction(operator, a.doubleValue(), b.doubleValue());
        case Instant a when operator == '-' && right instanceof Duration b -> a.minus(b);
        case Instant a when operator == '-' && right instanceof Instant b -> Duration.between(b, a);
        case Duration a when operator == '-' && right instanceof Duration b -> a.minus(b);
        default -> throw unfit("calculated with", left, right);
      };
    } catch (ArithmeticException | DateTimeException e) {
      throw new EvaluationException("no result: " + e.getMessage());
    }
  }

  private static Object plus(Instant instant, Duration duration) throws EvaluationException {
    try {
      return instant.plus(duration);
    } catch (ArithmeticException | DateTimeException e) {
      throw new EvaluationException("no result: " + e.getMessage());
    }
  }

  private static long whole(char operator, long a, long b) {
    return switch (operator) {
      case '+' -> Math.addExact(a, b);
      case '-' -> Math.subtractExact(a, b);
      case '*' -> Math.multiplyExact(a, b);
      case '/' -> Math.divideExact(a, b);
      case '%' -> a % b;
      default -> throw new IllegalArgumentException("no operator: " + operator);
    };
  }

  private static double fraction(char operator, double a, double b) {
    return switch (operator) {
      case '+' -> a + b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> a / b;
      case '%' -> a % b;
      default -> throw new IllegalArgumentException("no operator: " + operator);
    };
  }

  private static EvaluationException unfit(String done, Object left, Object right) {
    return new EvaluationException(
        "%s and %s can't be %s".formatted(Texts.kind(left), Texts.kind(right), done));
  }
}
