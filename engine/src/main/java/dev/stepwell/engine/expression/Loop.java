package dev.stepwell.engine.expression;

import dev.cel.common.ast.CelExpr;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A comprehension, which is what the parser makes of {@code map}, {@code filter}, {@code exists}
 * and their like: a result that each element changes in its turn. Users can't name that result.
 */
final class Loop {

  private final CelExpr.CelComprehension loop;
  private final @Nullable Locals outer;
  private final Evaluation evaluation;
  private final Budget budget;

  Loop(
      CelExpr.CelComprehension loop, @Nullable Locals outer, Evaluation evaluation, Budget budget) {
    this.loop = loop;
    this.outer = outer;
    this.evaluation = evaluation;
    this.budget = budget;
  }

  /** The result. Where one element can decide alone, errors of others count only if none does. */
  Object value() throws EvaluationException {
    var range = range();
    var result = evaluation.value(loop.accuInit(), outer);
    EvaluationException pending = null;
    for (var one : range) {
      var locals = new Locals(loop.iterVar(), one, result(result));
      if (Boolean.FALSE.equals(evaluation.value(loop.loopCondition(), locals))) {
        break;
      }
      try {
        result = next(loop.loopStep(), result, locals);
      } catch (EvaluationException e) {
        if (!decides()) {
          throw e;
        }
        budget.takeForError();
        pending = pending == null ? e : pending;
      }
    }
    if (pending != null && !isDecided(result)) {
      throw pending;
    }
    return evaluation.value(loop.result(), result(result));
  }

  private Iterable<?> range() throws EvaluationException {
    return switch (evaluation.value(loop.iterRange(), outer)) {
      case List<?> list -> list;
      case Map<?, ?> map -> map.keySet();
      default -> List.of();
    };
  }

  private Locals result(Object result) {
    return new Locals(loop.accuVar(), result, outer);
  }

  private boolean decides() {
    return isCall(loop.loopStep(), "_||_") || isCall(loop.loopStep(), "_&&_");
  }

  private boolean isDecided(Object result) {
    return Operators.isTruthy(result) == isCall(loop.loopStep(), "_||_");
  }

  /** What an element makes of the result. A list grows in place, where the macro copies it. */
  private Object next(CelExpr step, Object result, Locals locals) throws EvaluationException {
    if (loop.accuInit().getKind() != CelExpr.ExprKind.Kind.LIST) {
      return evaluation.value(step, locals);
    }
    if (isCall(step, "_?_:_") && isResult(step.call().args().get(2))) {
      budget.take(1);
      var arguments = step.call().args();
      return Operators.isTruthy(evaluation.value(arguments.get(0), locals))
          ? next(arguments.get(1), result, locals)
          : result;
    }
    if (isCall(step, "_+_") && isResult(step.call().args().get(0))) {
      var added = step.call().args().get(1);
      if (added.getKind() == CelExpr.ExprKind.Kind.LIST && added.list().elements().size() == 1) {
        budget.take(1);
        own(result).add(evaluation.value(added.list().elements().getFirst(), locals));
        return result;
      }
    }
    return evaluation.value(step, locals);
  }

  /** A list that this loop has made and that nobody else has seen: no element can name it. */
  @SuppressWarnings("unchecked")
  private static List<Object> own(Object result) {
    return (List<Object>) result;
  }

  private boolean isResult(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.IDENT
        && expression.ident().name().equals(loop.accuVar());
  }

  private static boolean isCall(CelExpr expression, String function) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CALL
        && expression.call().function().equals(function);
  }
}
