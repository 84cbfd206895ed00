package dev.stepwell.engine.execution;

import dev.stepwell.OutgoingEvent;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the events that a step sends; the same ids each time the step is tried. */
final class Outbox {
  private Outbox() {}

  /** What is remembered of a step that sent events. */
  record Receipt(List<String> ids) {}

  /**
   * The events of one step.
   *
   * @param reachedMillis the instant in the ids: the same however often the step is tried
   */
  static List<Event> events(
      Ulid runId, String step, long reachedMillis, long nowMillis, List<OutgoingEvent> outgoing) {
    var events = new ArrayList<Event>(outgoing.size());
    for (var event : outgoing) {
      var entropy = runId.derive("send " + step + " " + events.size());
      events.add(
          new Event(
              Ulid.of(reachedMillis, entropy.high(), entropy.low()),
              event.id(),
              event.name(),
              event.ts().map(ts -> ts.toEpochMilli()).orElse(nowMillis),
              nowMillis,
              JsonValues.writeObject(event.data()),
              event.user().map(JsonValues::writeObject),
              Optional.empty()));
    }
    return events;
  }
}
