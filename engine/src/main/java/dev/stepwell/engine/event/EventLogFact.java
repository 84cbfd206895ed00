package dev.stepwell.engine.event;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;

/** What has happened to a partition of the event log. Kept until a snapshot contains it. */
public sealed interface EventLogFact {

  /**
   * An event that was accepted, and what is to be done for it.
   *
   * @param functions subscribed at that moment: each gets one run
   * @param repeatOf the earlier event with the same user id, if this one starts nothing for it
   * @param parked whether runs start only at the event's own, future, instant
   */
  record Entry(Event event, List<String> functions, Optional<Ulid> repeatOf, boolean parked) {
    private static final long OVERHEAD_BYTES = 512;

    public Entry {
      functions = List.copyOf(functions);
    }

    /** About what it takes in memory: the payload, and what is kept around it. */
    long sizeBytes() {
      return OVERHEAD_BYTES + event.data().sizeBytes();
    }
  }

  record Accepted(List<Entry> entries) implements EventLogFact {
    public Accepted {
      entries = List.copyOf(entries);
    }
  }

  /** All that follows from these events is stored elsewhere. */
  record Forgotten(List<Ulid> events) implements EventLogFact {
    public Forgotten {
      events = List.copyOf(events);
    }
  }
}
