package dev.stepwell.engine.expression;

import dev.cel.common.ast.CelExpr;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Finds what an expression names and nobody knows. */
final class Names {

  private static final Set<String> OPERATORS =
      Set.of(
          "_&&_",
          "_||_",
          "_?_:_",
          "_==_",
          "_!=_",
          "_<_",
          "_<=_",
          "_>_",
          "_>=_",
          "_+_",
          "_-_",
          "_*_",
          "_/_",
          "_%_",
          "-_",
          "!_",
          "_[_]",
          "@in",
          "@not_strictly_false");

  private Names() {}

  /**
   * What is wrong with the names in an expression; empty if nothing is.
   *
   * @param known variables, beside the names of types
   */
  static Optional<String> unknown(CelExpr expression, Set<String> known) {
    return switch (expression.getKind()) {
      case IDENT -> variable(expression.ident().name(), known);
      case SELECT -> unknown(expression.select().operand(), known);
      case CALL -> call(expression.call(), known);
      case LIST -> first(expression.list().elements(), known);
      case MAP ->
          expression.map().entries().stream()
              .flatMap(entry ->
                  unknown(entry.key(), known).or(() -> unknown(entry.value(), known)).stream())
              .findFirst();
      case COMPREHENSION -> comprehension(expression.comprehension(), known);
      case STRUCT -> Optional.of("there are no types of which values can be made");
      case CONSTANT, NOT_SET -> Optional.empty();
    };
  }

  private static Optional<String> variable(String name, Set<String> known) {
    return known.contains(name) || Type.named(name).isPresent()
        ? Optional.empty()
        : Optional.of("undeclared reference to '" + name + "'");
  }

  private static Optional<String> call(CelExpr.CelCall call, Set<String> known) {
    if (!OPERATORS.contains(call.function()) && !Functions.has(call.function())) {
      return Optional.of("there is no function '" + call.function() + "'");
    }
    return call.target()
        .flatMap(target -> unknown(target, known))
        .or(() -> first(call.args(), known));
  }

  private static Optional<String> comprehension(CelExpr.CelComprehension loop, Set<String> known) {
    var inside = new HashSet<>(known);
    inside.add(loop.iterVar());
    inside.add(loop.accuVar());
    return unknown(loop.iterRange(), known)
        .or(() -> unknown(loop.accuInit(), known))
        .or(() -> unknown(loop.loopCondition(), inside))
        .or(() -> unknown(loop.loopStep(), inside))
        .or(() -> unknown(loop.result(), inside));
  }

  private static Optional<String> first(Iterable<CelExpr> expressions, Set<String> known) {
    for (var expression : expressions) {
      var unknown = unknown(expression, known);
      if (unknown.isPresent()) {
        return unknown;
      }
    }
    return Optional.empty();
  }
}
