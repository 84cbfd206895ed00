package dev.stepwell.engine.run;

import dev.stepwell.engine.expression.Expression;
import dev.stepwell.engine.expression.InvalidExpressionException;
import dev.stepwell.engine.expression.Scope;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.EventJson;
import java.time.Instant;

/** Whether an event that has come is the one that a run waits for. */
final class Filter {
  private Filter() {}

  /**
   * Whether the wait's expression holds; of one without an expression whoever keeps the waits has
   * made sure.
   */
  static boolean holds(RunFact.WaitStarted wait, Event trigger, Event candidate, long nowMillis) {
    if (!(wait.awaited() instanceof Awaited.OfExpression(_, var text))) {
      return true;
    }
    try {
      var now = Instant.ofEpochMilli(nowMillis);
      var scope = Scope.of(EventJson.of(trigger), now).with(EventJson.of(candidate));
      return Expression.compile(text).holds(scope);
    } catch (InvalidExpressionException _) {
      // It was compiled when the wait began; what a later version can't compile matches nothing.
      return false;
    }
  }
}
