package dev.stepwell.engine.event;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;

/** Events on their way in, to test with. */
final class Samples {

  static final long NOON = 1_767_268_800_000L;
  static final long HOUR = 3_600_000;
  static final String NAME = "order/placed";

  private Samples() {}

  static Ulid ulid(long number) {
    return Ulid.of(NOON, 0, number);
  }

  static Event event(long number) {
    return event(number, Optional.empty(), NOON);
  }

  /** An event with the sender's own id. */
  static Event event(long number, String userId) {
    return event(number, Optional.of(userId), NOON);
  }

  static Event event(long number, Optional<String> userId, long tsMillis) {
    return new Event(
        ulid(number),
        userId,
        NAME,
        tsMillis,
        NOON,
        Json.of("{\"n\":" + number + "}"),
        Optional.empty(),
        Optional.empty());
  }

  static Event named(long number, String name) {
    return new Event(
        ulid(number),
        Optional.empty(),
        name,
        NOON,
        NOON,
        Json.EMPTY_OBJECT,
        Optional.empty(),
        Optional.empty());
  }

  static Entry entry(long number, String... functions) {
    return new Entry(event(number), List.of(functions), Optional.empty(), false);
  }
}
