package dev.stepwell.engine.run;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;

/** Runs' rules, for tests of what stands around a run. */
public final class RunStates {

  private static final RunPolicy POLICY = new RunPolicy(2, 1_000, 100, 0);

  private RunStates() {}

  /** A run that was started at noon of 2026-01-01 by an event with these data. */
  public static RunState begun(String function, Json data) {
    var event =
        new Event(
            Ulid.of(Samples.NOON, 0, 1),
            Optional.of("order-1"),
            "order/placed",
            Samples.NOON,
            Samples.NOON,
            data,
            Optional.of(Json.of("{\"id\":7}")),
            Optional.empty());
    return RunState.ABSENT.apply(new RunFact.Started(function, event, Samples.NOON));
  }

  /** The state after code's reports. Two retries, a second apart. */
  public static RunState after(RunState state, List<Report> reports, long nowMillis) {
    var decision = RunRules.decide(state, new RunCommand.Progress(reports), POLICY, nowMillis, 0);
    var next = state;
    for (var fact : ((Decision.Accept) decision).facts()) {
      next = next.apply(fact);
    }
    return next;
  }
}
