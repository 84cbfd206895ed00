package dev.stepwell.engine.run;

import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs, and what happens to them, to test with. */
final class Samples {

  static final long NOON = 1_767_268_800_000L;
  static final long SECOND = 1_000;
  static final long HOUR = 3_600_000;
  static final Ulid RUN = Ulid.parse("01KDWK0000R0000000000000R1");
  static final RunPolicy POLICY = new RunPolicy(2, 0, 10, 0);
  static final Failure BOOM = new Failure("shop.CardDeclined", "no money", "at shop.Card:7");
  static final Event PLACED = event(1, "order/placed", "{\"orderId\":\"o-1\"}");
  static final Awaited PAID =
      new Awaited.OfEvent("order/paid", Optional.of(new Match("data.orderId", "\"o-1\"")));

  private Samples() {}

  static Event event(long number, String name, String data) {
    return new Event(
        Ulid.of(NOON, 0, number),
        Optional.empty(),
        name,
        NOON,
        NOON,
        Json.of(data),
        Optional.empty(),
        Optional.empty());
  }

  static Event paid(long number) {
    return event(number, "order/paid", "{\"orderId\":\"o-1\"}");
  }

  /** A run that has begun at noon, after these facts. */
  static RunState state(RunFact... facts) {
    return state(List.of(facts));
  }

  static RunState state(List<RunFact> facts) {
    var state = RunState.ABSENT.apply(new RunFact.Started("fulfil-order", PLACED, NOON));
    for (var fact : facts) {
      state = state.apply(fact);
    }
    return state;
  }

  static RunState.Active active(RunFact... facts) {
    return (RunState.Active) state(facts);
  }

  static RunFact.StepSucceeded succeeded(String step) {
    return new RunFact.StepSucceeded(step, Json.of("\"" + step + "\""), NOON, NOON + SECOND);
  }

  static RunFact.StepAttemptFailed attemptFailed(String step, long retryAtMillis) {
    return new RunFact.StepAttemptFailed(step, BOOM, retryAtMillis, NOON, NOON + SECOND);
  }

  static RunFact.StepFailed failed(String step) {
    return new RunFact.StepFailed(step, BOOM, NOON, NOON + SECOND);
  }

  static RunFact.SleepStarted sleeping(String step, long untilMillis) {
    return new RunFact.SleepStarted(step, untilMillis, NOON);
  }

  static RunFact.WaitStarted waiting(String step, long untilMillis) {
    return new RunFact.WaitStarted(step, PAID, untilMillis, OptionalLong.of(NOON), NOON);
  }

  static RunFact.InvokeStarted invoking(String step, long untilMillis) {
    return new RunFact.InvokeStarted(step, "pack", Json.of("{\"a\":1}"), untilMillis, NOON);
  }

  static RunFact.Ended completed() {
    return new RunFact.Ended(new Outcome.Completed(Json.of("\"done\"")), NOON + HOUR);
  }

  static RunFact.Ended cancelled() {
    return new RunFact.Ended(new Outcome.Cancelled("not wanted"), NOON + HOUR);
  }
}
