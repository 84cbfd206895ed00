package dev.stepwell.engine.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One evaluation of an expression, on the current thread. */
final class Evaluation {

  private final Scope scope;
  private final Budget budget;
  private final Operators operators;
  private final Functions functions;

  Evaluation(Scope scope, Budget budget) {
    this.scope = scope;
    this.budget = budget;
    operators = new Operators(budget);
    functions = new Functions(scope.now(), budget);
  }

  Object value(CelExpr expression) throws EvaluationException {
    return value(expression, null);
  }

  /** The value where a comprehension has bound names. */
  Object value(CelExpr expression, @Nullable Locals locals) throws EvaluationException {
    budget.take(1);
    return switch (expression.getKind()) {
      case CONSTANT -> constant(expression.constant());
      case IDENT -> named(expression.ident().name(), locals);
      case SELECT -> selected(expression.select(), locals);
      case CALL -> called(expression.call(), locals);
      case LIST -> values(expression.list().elements(), locals);
      case MAP -> map(expression.map(), locals);
      case COMPREHENSION -> new Loop(expression.comprehension(), locals, this, budget).value();
      case STRUCT, NOT_SET -> throw new EvaluationException("no such kind of expression");
    };
  }

  private static Object constant(CelConstant constant) throws EvaluationException {
    return switch (constant.getKind()) {
      case NULL_VALUE -> Nothing.NULL;
      case BOOLEAN_VALUE -> constant.booleanValue();
      case INT64_VALUE -> constant.int64Value();
      case UINT64_VALUE -> constant.uint64Value();
      case DOUBLE_VALUE -> constant.doubleValue();
      case STRING_VALUE -> constant.stringValue();
      case BYTES_VALUE -> constant.bytesValue();
      default -> throw new EvaluationException("no such kind of constant");
    };
  }

  private Object named(String name, @Nullable Locals locals) {
    for (var local = locals; local != null; local = local.outer()) {
      if (local.name().equals(name)) {
        return local.value();
      }
    }
    var type = Type.named(name);
    return type.isPresent() ? type.get() : scope.value(name);
  }

  private Object selected(CelExpr.CelSelect select, @Nullable Locals locals)
      throws EvaluationException {
    var found = member(value(select.operand(), locals), select.field());
    return select.testOnly() ? (Object) (found != Nothing.MISSING) : found;
  }

  /** What a field of that name leads to. */
  private static Object member(Object value, String field) {
    return value instanceof Map<?, ?> map ? found(map, field) : Nothing.MISSING;
  }

  /** What a key or an index leads to, each of which may be of any type. */
  private Object at(Object value, Object key) throws EvaluationException {
    if (key instanceof Nothing) {
      return Nothing.MISSING;
    }
    if (value instanceof Map<?, ?> map) {
      return found(map, key(key));
    }
    if (value instanceof List<?> list && key instanceof Number number) {
      var index = number.intValue();
      return number.doubleValue() == index && index >= 0 && index < list.size()
          ? list.get(index)
          : Nothing.MISSING;
    }
    return Nothing.MISSING;
  }

  private static Object found(Map<?, ?> map, Object key) {
    var found = map.get(key);
    return found == null ? Nothing.MISSING : found;
  }

  /** A key as maps know it. A long one costs: where there is its like, the two are compared. */
  private Object key(Object value) throws EvaluationException {
    if (value instanceof String text) {
      budget.takeFor(text);
    }
    return Keys.of(value);
  }

  private Object called(CelExpr.CelCall call, @Nullable Locals locals) throws EvaluationException {
    var arguments = call.args();
    return switch (call.function()) {
      case "_&&_" -> both(arguments.get(0), arguments.get(1), locals);
      case "_||_" -> either(arguments.get(0), arguments.get(1), locals);
      case "_?_:_" ->
          value(
              Operators.isTruthy(value(arguments.get(0), locals))
                  ? arguments.get(1)
                  : arguments.get(2),
              locals);
      case "@not_strictly_false" -> notFalse(arguments.get(0), locals);
      default -> {
        var values = new ArrayList<Object>(arguments.size() + 1);
        if (call.target().isPresent()) {
          values.add(value(call.target().get(), locals));
        }
        values.addAll(values(arguments, locals));
        yield applied(call.function(), values);
      }
    };
  }

  /** The result; what the JDK has none for, such as a time that is too far away, is an error. */
  private Object applied(String function, List<Object> values) throws EvaluationException {
    try {
      return result(function, values);
    } catch (ArithmeticException | DateTimeException e) {
      throw new EvaluationException("no result: " + e.getMessage());
    }
  }

  private Object result(String function, List<Object> values) throws EvaluationException {
    var first = values.isEmpty() ? Nothing.MISSING : values.getFirst();
    var last = values.isEmpty() ? Nothing.MISSING : values.getLast();
    return switch (function) {
      case "_==_" -> operators.equal(first, last);
      case "_!=_" -> !operators.equal(first, last);
      case "_<_" -> operators.compare(first, last) < 0;
      case "_<=_" -> operators.compare(first, last) <= 0;
      case "_>_" -> operators.compare(first, last) > 0;
      case "_>=_" -> operators.compare(first, last) >= 0;
      case "_+_" -> operators.add(first, last);
      case "_-_" -> calculated('-', first, last);
      case "_*_" -> calculated('*', first, last);
      case "_/_" -> calculated('/', first, last);
      case "_%_" -> calculated('%', first, last);
      case "-_" -> calculated('-', 0L, first);
      case "!_" -> !Operators.isTruthy(first);
      case "_[_]" -> at(first, last);
      case "@in" -> contains(last, first);
      default -> functions.call(function, values);
    };
  }

  private static Object calculated(char operator, Object left, Object right)
      throws EvaluationException {
    return left == Nothing.MISSING || right == Nothing.MISSING
        ? (Object) false
        : Operators.calculate(operator, left, right);
  }

  private boolean contains(Object all, Object wanted) throws EvaluationException {
    if (all instanceof Map<?, ?> map) {
      return !(wanted instanceof Nothing) && map.containsKey(key(wanted));
    }
    if (all instanceof List<?> list) {
      for (var one : list) {
        if (operators.equal(one, wanted)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The first that is not truthy, else the last. An error counts only if the other side is. */
  private Object both(CelExpr left, CelExpr right, @Nullable Locals locals)
      throws EvaluationException {
    Object first;
    try {
      first = value(left, locals);
    } catch (EvaluationException e) {
      budget.takeForError();
      var second = value(right, locals);
      if (!Operators.isTruthy(second)) {
        return second;
      }
      throw e;
    }
    return Operators.isTruthy(first) ? value(right, locals) : first;
  }

  /** The first that is truthy, else the last. An error counts only if the other side is not. */
  private Object either(CelExpr left, CelExpr right, @Nullable Locals locals)
      throws EvaluationException {
    Object first;
    try {
      first = value(left, locals);
    } catch (EvaluationException e) {
      budget.takeForError();
      var second = value(right, locals);
      if (Operators.isTruthy(second)) {
        return second;
      }
      throw e;
    }
    return Operators.isTruthy(first) ? first : value(right, locals);
  }

  private boolean notFalse(CelExpr expression, @Nullable Locals locals) throws EvaluationException {
    try {
      return !Boolean.FALSE.equals(value(expression, locals));
    } catch (EvaluationException _) {
      budget.takeForError();
      return true;
    }
  }

  private List<Object> values(List<CelExpr> expressions, @Nullable Locals locals)
      throws EvaluationException {
    var values = new ArrayList<Object>(expressions.size());
    for (var expression : expressions) {
      values.add(value(expression, locals));
    }
    return values;
  }

  private Object map(CelExpr.CelMap map, @Nullable Locals locals) throws EvaluationException {
    var members = new LinkedHashMap<Object, Object>();
    for (var entry : map.entries()) {
      members.put(key(value(entry.key(), locals)), value(entry.value(), locals));
    }
    return members;
  }
}
