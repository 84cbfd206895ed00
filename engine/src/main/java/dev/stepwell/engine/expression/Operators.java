package dev.stepwell.engine.expression;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
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
      case UnsignedLong number -> number.longValue() != 0;
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
      return Numbers.compare(a, b) == 0;
    }
    if (left instanceof String a && right instanceof String b && a.length() == b.length()) {
      budget.takeFor(a);
    }
    if (left instanceof CelByteString a
        && right instanceof CelByteString b
        && a.size() == b.size()) {
      budget.takeFor(a.size());
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
      if (entry.getKey() instanceof String key) {
        budget.takeFor(key);
      }
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
      case Number a when right instanceof Number b -> Numbers.compare(a, b);
      case String a when right instanceof String b -> {
        budget.takeFor(Math.min(a.length(), b.length()));
        yield a.compareTo(b);
      }
      case CelByteString a when right instanceof CelByteString b -> {
        budget.takeFor(Math.min(a.size(), b.size()));
        yield CelByteString.unsignedLexicographicalComparator().compare(a, b);
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

  /** The sum, or one after the other as texts; of what is missing, the other. */
  Object add(Object left, Object right) throws EvaluationException {
    if (left == Nothing.MISSING) {
      return right == Nothing.MISSING ? false : right;
    }
    if (right == Nothing.MISSING) {
      return left;
    }
    return switch (left) {
      case Number a when right instanceof Number b -> Numbers.calculate('+', a, b);
      case List<?> a when right instanceof List<?> b -> {
        budget.take((long) a.size() + b.size());
        var all = new ArrayList<Object>(a);
        all.addAll(b);
        yield all;
      }
      case CelByteString a when right instanceof CelByteString b -> {
        budget.takeFor((long) a.size() + b.size());
        yield a.concat(b);
      }
      case Instant a when right instanceof Duration b -> a.plus(b);
      case Duration a when right instanceof Instant b -> b.plus(a);
      case Duration a when right instanceof Duration b -> a.plus(b);
      default -> joined(left, right);
    };
  }

  private String joined(Object left, Object right) throws EvaluationException {
    var text = Texts.of(left) + Texts.of(right);
    budget.takeFor(text);
    return text;
  }

  /**
   * A difference, product, quotient or remainder.
   *
   * @throws ArithmeticException if it is beyond what its kind can hold, or nothing is divided by
   * @throws DateTimeException if it is a time too far away
   */
  static Object calculate(char operator, Object left, Object right) throws EvaluationException {
    return switch (left) {
      case Number a when right instanceof Number b -> Numbers.calculate(operator, a, b);
      case Instant a when operator == '-' && right instanceof Duration b -> a.minus(b);
      case Instant a when operator == '-' && right instanceof Instant b -> Duration.between(b, a);
      case Duration a when operator == '-' && right instanceof Duration b -> a.minus(b);
      default -> throw unfit("calculated with", left, right);
    };
  }

  private static EvaluationException unfit(String done, Object left, Object right) {
    return new EvaluationException(
        "%s and %s can't be %s".formatted(Texts.kind(left), Texts.kind(right), done));
  }
}
