package dev.stepwell.engine;

import dev.stepwell.engine.execution.StepSlots;
import dev.stepwell.engine.expression.EvaluationException;
import dev.stepwell.engine.expression.Expression;
import dev.stepwell.engine.expression.InvalidExpressionException;
import dev.stepwell.engine.expression.Scope;
import dev.stepwell.engine.flow.NodeSlots;
import dev.stepwell.engine.function.Catalog;
import dev.stepwell.engine.function.Definition.Limit;
import dev.stepwell.engine.function.Definition.LimitKey;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wait.MatchValues;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.EventJson;
import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Holds steps to the concurrency limits that their functions have by now. */
record FunctionSlots(Supplier<Catalog> catalog, NodeSlots slots) implements StepSlots {

  private static final CompletionStage<StepSlots.Slot> UNLIMITED =
      CompletableFuture.completedStage(StepSlots.Slot.UNLIMITED);

  @Override
  public CompletionStage<StepSlots.Slot> acquire(
      String function, Event trigger, Ulid run, String step) {
    return catalog
        .get()
        .find(function)
        .flatMap(definition -> definition.limit())
        .map(limit -> acquire(function, limit, trigger, run, step))
        .orElse(UNLIMITED);
  }

  private CompletionStage<StepSlots.Slot> acquire(
      String function, Limit limit, Event trigger, Ulid run, String step) {
    var slotId = NodeSlots.slotId(function, key(limit, trigger));
    return slots.acquire(slotId, limit.limit(), run, step).thenApply(slot -> slot::release);
  }

  /** All runs whose events have no value for the key share a limit. */
  private static String key(Limit limit, Event trigger) {
    return limit.key().flatMap(key -> value(key, trigger)).orElse("");
  }

  private static Optional<String> value(LimitKey key, Event trigger) {
    return switch (key) {
      case LimitKey.Path(var path) ->
          MatchValues.of(List.of(path)).in(trigger.data()).stream().map(Match::value).findFirst();
      case LimitKey.Valued(var text) -> evaluated(text, trigger);
    };
  }

  private static Optional<String> evaluated(String text, Event trigger) {
    try {
      var now = Instant.ofEpochMilli(trigger.receivedAtMillis());
      return Expression.compile(text).text(Scope.of(EventJson.of(trigger), now));
    } catch (InvalidExpressionException | EvaluationException _) {
      return Optional.empty();
    }
  }
}
