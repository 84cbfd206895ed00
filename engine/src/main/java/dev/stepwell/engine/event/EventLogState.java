package dev.stepwell.engine.event;

import dev.stepwell.engine.wire.Ulid;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * A partition of the event log: the accepted events that something is still to be done for.
 *
 * @param entries by event id
 */
public record EventLogState(PMap<Ulid, EventLogFact.Entry> entries) {

  public static final EventLogState EMPTY = new EventLogState(HashTreePMap.empty());

  public EventLogState apply(EventLogFact fact) {
    return switch (fact) {
      case EventLogFact.Accepted(var accepted) -> {
        var more = entries;
        for (var entry : accepted) {
          more = more.plus(entry.event().id(), entry);
        }
        yield new EventLogState(more);
      }
      case EventLogFact.Forgotten(var events) -> new EventLogState(entries.minusAll(events));
    };
  }
}
