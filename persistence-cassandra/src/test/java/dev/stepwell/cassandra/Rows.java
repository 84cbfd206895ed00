package dev.stepwell.cassandra;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Rows for tests. */
final class Rows {

  static final Match MATCH = new Match("data.order", "1");

  private Rows() {}

  /** An event that nobody waits for. */
  static EventIndex.Row event(Ulid id, long receivedAtMillis, Json data) {
    return event(id, Optional.empty(), receivedAtMillis, data, List.of());
  }

  static EventIndex.Row event(
      Ulid id, Optional<String> userId, long receivedAtMillis, Json data, List<Match> matches) {
    var event =
        new Event(
            id,
            userId,
            "shop/order.placed",
            receivedAtMillis,
            receivedAtMillis,
            data,
            Optional.empty(),
            Optional.empty());
    return new EventIndex.Row(event, List.of("handle-order"), Optional.empty(), matches);
  }

  static RunIndex.Row run(Ulid id, RunStatus status, OptionalLong endedAtMillis) {
    return new RunIndex.Row(
        id, "handle-order", status, id, "shop/order.placed", id.millis(), endedAtMillis);
  }
}
