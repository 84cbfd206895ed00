package dev.stepwell.gateway.apps;

import dev.stepwell.engine.function.Definition.Limit;
import dev.stepwell.engine.function.Definition.LimitKey;
import dev.stepwell.gateway.problem.ProblemException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads how many steps of a function may execute at once: a number, an object, an array of objects,
 * or all that within {@code {"step":...,"fn":...}}.
 */
final class Limits {

  private static final String FUNCTION = "fn";
  private static final Set<String> SCOPES = Set.of(FUNCTION, "env", "account");

  private Limits() {}

  /**
   * The limit that the engine is to keep.
   *
   * @param asked the value of {@code concurrency}
   * @param notDone told what else was asked for
   */
  static Optional<Limit> read(Object asked, Consumer<String> notDone) throws ProblemException {
    var found = Optional.<Limit>empty();
    for (var item : steps(asked, notDone)) {
      var limit = limit(item);
      if (limit.isEmpty()) {
        continue;
      }
      var scope = scope(item);
      if (!scope.equals(FUNCTION)) {
        notDone.accept("a concurrency limit of scope " + scope);
      } else if (found.isPresent()) {
        notDone.accept("more than one concurrency limit");
      } else {
        found = limit;
      }
    }
    return found;
  }

  /** The limits of steps, each a number or an object. */
  private static List<Object> steps(Object asked, Consumer<String> notDone) {
    if (asked instanceof Fields both
        && (both.value("step").isPresent() || both.value(FUNCTION).isPresent())) {
      if (both.value(FUNCTION).isPresent()) {
        notDone.accept("a concurrency limit on runs (concurrency.fn)");
      }
      return items(both.value("step").orElse(List.of()));
    }
    return items(asked);
  }

  private static List<Object> items(Object value) {
    return value instanceof List<?> all ? new ArrayList<>(all) : List.of(value);
  }

  private static Optional<Limit> limit(Object item) throws ProblemException {
    if (item instanceof BigDecimal) {
      return limit(Fields.whole("concurrency", item), Optional.empty());
    }
    var fields = Fields.asObject("concurrency", item);
    return limit(fields.number("limit").orElse(0), fields.text("key"));
  }

  /** No limit if it is 0. */
  private static Optional<Limit> limit(int limit, Optional<String> key) throws ProblemException {
    if (limit < 0) {
      throw Fields.invalid("a concurrency limit must be 0 or more, and is " + limit);
    }
    if (limit == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Limit(limit, key.isEmpty() ? Optional.empty() : Optional.of(key(key.get()))));
  }

  private static LimitKey key(String expression) throws ProblemException {
    var path = Expressions.path(expression);
    return path.isPresent()
        ? new LimitKey.Path(path.get())
        : new LimitKey.Valued(Expressions.compiled(expression));
  }

  private static String scope(Object item) throws ProblemException {
    var scope = item instanceof Fields fields ? fields.text("scope").orElse(FUNCTION) : FUNCTION;
    if (!SCOPES.contains(scope)) {
      throw Fields.invalid("concurrency.scope must be fn, env or account, and is " + scope);
    }
    return scope;
  }
}
