package dev.stepwell.engine.function;

import dev.stepwell.Concurrency;
import dev.stepwell.Condition;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Trigger;
import dev.stepwell.engine.cron.CronSchedule;
import dev.stepwell.engine.function.Definition.Limit;
import dev.stepwell.engine.function.Definition.LimitKey;
import dev.stepwell.engine.function.Definition.Start;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wait.MatchValues;
import java.util.List;
import java.util.Optional;

/** Derives definitions from what function authors specify. */
public final class Definitions {
  private Definitions() {}

  private static final String FAILED_EVENT = "inngest/function.failed";

  /**
   * The definition of a function.
   *
   * @throws IllegalArgumentException if its cron expression is malformed
   */
  public static Definition of(FunctionSpec<?> spec) {
    return new Definition(
        spec.name(),
        spec.triggers().stream().map(Definitions::start).toList(),
        spec.retries(),
        spec.concurrency().map(Definitions::limit));
  }

  /** The definition of what runs when a function has failed. */
  public static Definition ofFailureHandler(FunctionSpec<?> spec, String id) {
    var failed = new Match("data.function_id", MatchValues.canonical(spec.name()));
    return new Definition(
        id,
        List.of(new Start.OnEvent(FAILED_EVENT, List.of(failed))),
        spec.retries(),
        Optional.empty());
  }

  private static Start start(Trigger<?> trigger) {
    return switch (trigger) {
      case Trigger.OnEvent<?>(var pattern, var conditions) ->
          new Start.OnEvent(pattern, conditions.stream().map(Definitions::match).toList());
      case Trigger.OnCron(var expression, var zone) ->
          new Start.OnCron(CronSchedule.of(expression, zone).text());
    };
  }

  private static Match match(Condition condition) {
    return new Match(condition.path(), MatchValues.canonical(condition.value()));
  }

  private static Limit limit(Concurrency<?> concurrency) {
    return new Limit(concurrency.limit(), concurrency.keyPath().map(LimitKey.Path::new));
  }
}
