package dev.stepwell.engine.wait;

import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.Optional;
import java.util.OptionalLong;

/** Waits and events to test with. */
final class Samples {

  static final long NOON = 1_800_000_000_000L;
  static final long HOUR = 3_600_000;

  private Samples() {}

  static Ulid ulid(long number) {
    return Ulid.of(NOON, 0, number);
  }

  /** A wait for {@code paid} with this order, for an hour, that does not look back. */
  static Wait waitFor(long run, String step, int order) {
    return new Wait(
        ulid(run),
        step,
        "paid",
        Optional.of(order(order)),
        NOON + HOUR,
        OptionalLong.empty(),
        ulid(0));
  }

  /** A wait for any {@code paid}. */
  static Wait waitForAny(long run, String step) {
    return new Wait(
        ulid(run), step, "paid", Optional.empty(), NOON + HOUR, OptionalLong.empty(), ulid(0));
  }

  static Wait waitForSignal(long run, String step, String signal) {
    return new Wait(
        ulid(run),
        step,
        WaitKey.SIGNAL_EVENT,
        Optional.of(WaitKey.signalMatch(signal)),
        NOON + HOUR,
        OptionalLong.empty(),
        ulid(0));
  }

  static Wait lookingBack(Wait wait, long sinceMillis) {
    return new Wait(
        wait.run(),
        wait.step(),
        wait.event(),
        wait.match(),
        wait.untilMillis(),
        OptionalLong.of(sinceMillis),
        wait.trigger());
  }

  static Match order(int order) {
    return new Match("data.order", MatchValues.canonical(order));
  }

  static Event paid(long id, int order, long receivedAtMillis) {
    return event(id, "paid", "{\"order\":" + order + "}", receivedAtMillis);
  }

  static Event event(long id, String name, String data, long receivedAtMillis) {
    return new Event(
        ulid(id),
        Optional.empty(),
        name,
        receivedAtMillis,
        receivedAtMillis,
        Json.of(data),
        Optional.empty(),
        Optional.empty());
  }
}
