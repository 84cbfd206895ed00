package dev.stepwell.engine.event;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Decides what is to be done for events. Pure. */
final class EventLogRules {
  private EventLogRules() {}

  /** How much later than now an event's own instant must be for its runs to wait for it. */
  static final long PARK_FROM_MILLIS = 1_000;

  /**
   * Events of one request.
   *
   * @param subscribed the functions an event of it starts
   */
  record Request(List<Event> events, Function<Event, List<String>> subscribed) {}

  /**
   * The entries for the events of requests that are stored together. An event that is there already
   * gets none: its request is a repeat.
   *
   * @param seen users' ids of the last 24 hours, with the events they came with
   * @param closedMillis what a sender says was received before this instant was received now
   */
  static List<Entry> accept(
      EventLogState state,
      List<Request> requests,
      Map<String, Ulid> seen,
      long closedMillis,
      long nowMillis) {
    var entries = new ArrayList<Entry>();
    var ids = new HashSet<Ulid>();
    var first = new HashMap<String, Ulid>();
    for (var request : requests) {
      for (var event : request.events()) {
        if (!state.entries().containsKey(event.id()) && ids.add(event.id())) {
          var original = original(event, seen, first);
          var received =
              event.receivedAtMillis() < closedMillis ? event.receivedAt(nowMillis) : event;
          entries.add(entry(received, original, request.subscribed(), nowMillis));
        }
      }
    }
    return entries;
  }

  private static Optional<Ulid> original(
      Event event, Map<String, Ulid> seen, Map<String, Ulid> first) {
    if (event.userId().isEmpty()) {
      return Optional.empty();
    }
    var userId = event.userId().get();
    var known =
        Optional.ofNullable(seen.get(userId)).or(() -> Optional.ofNullable(first.get(userId)));
    first.putIfAbsent(userId, event.id());
    return known.filter(id -> !id.equals(event.id()));
  }

  private static Entry entry(
      Event event,
      Optional<Ulid> original,
      Function<Event, List<String>> subscribed,
      long nowMillis) {
    if (original.isPresent()) {
      return new Entry(event, List.of(), original, false);
    }
    var parked = event.tsMillis() > nowMillis + PARK_FROM_MILLIS;
    return new Entry(event, subscribed.apply(event), Optional.empty(), parked);
  }
}
