package dev.stepwell.gateway.apps;

import dev.stepwell.engine.expression.Expression;
import dev.stepwell.engine.expression.InvalidExpressionException;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wait.MatchValues;
import dev.stepwell.gateway.problem.ProblemException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells expressions that an index can answer from those that must be evaluated. */
final class Expressions {

  private static final String PATH = "event\\.(data(?:\\.[A-Za-z_][A-Za-z0-9_]*)+)";
  private static final Pattern PLAIN = Pattern.compile(PATH);
  private static final Pattern COMPARISON =
      Pattern.compile(PATH + "\\s*==\\s*(?:'([^'\\\\\\r\\n]*)'|\"([^\"\\\\\\r\\n]*)\")");

  private Expressions() {}

  /** The path of {@code event.data.x}: {@code data.x}; empty if the expression is another. */
  static Optional<String> path(String expression) {
    var plain = PLAIN.matcher(expression.strip());
    return plain.matches() ? Optional.of(plain.group(1)) : Optional.empty();
  }

  /** What {@code event.data.x == 'text'} compares; empty if the expression is another. */
  static Optional<Match> comparison(String expression) {
    var comparison = COMPARISON.matcher(expression.strip());
    if (!comparison.matches()) {
      return Optional.empty();
    }
    var literal = comparison.group(2) == null ? comparison.group(3) : comparison.group(2);
    return Optional.of(new Match(comparison.group(1), MatchValues.canonical(literal)));
  }

  /** The expression, if it is one. */
  static String compiled(String text) throws ProblemException {
    try {
      return Expression.compile(text).toString();
    } catch (InvalidExpressionException e) {
      var why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw Fields.invalid("the expression '%s' is invalid: %s".formatted(text, why));
    }
  }
}
