package dev.stepwell.engine.event;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Recognises users' ids that have come before: in the index, or on their way to it. An id stays in
 * memory from its acceptance until the index has it and no look-up is under way that began earlier:
 * there is no gap between the two.
 */
final class EventLogLookups {

  private static final Duration REMEMBERED = Duration.ofHours(24);

  /** A look-up that has begun. */
  record Begun(List<EventLog.Append> appends, CompletionStage<Map<String, Ulid>> seen) {}

  private final EventLogSurroundings surroundings;
  private final List<EventLog.Append> gathered = new ArrayList<>();
  private final Map<String, Ulid> fresh = new HashMap<>();
  private final Map<Ulid, String> userIds = new HashMap<>();
  private final Set<Ulid> indexedMeanwhile = new HashSet<>();
  private boolean underWay;

  EventLogLookups(EventLogSurroundings surroundings) {
    this.surroundings = surroundings;
  }

  void add(EventLog.Append append) {
    gathered.add(append);
  }

  boolean waiting() {
    return !underWay && !gathered.isEmpty();
  }

  /** Begins a look-up for all that have gathered, unless one is under way. */
  Optional<Begun> begin() {
    if (!waiting()) {
      return Optional.empty();
    }
    underWay = true;
    var appends = List.copyOf(gathered);
    gathered.clear();
    var ids =
        appends.stream()
            .flatMap(append -> append.events().stream())
            .map(Event::userId)
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    var since = surroundings.time().instant().minus(REMEMBERED).toEpochMilli();
    return Optional.of(new Begun(appends, surroundings.index().seen(ids, since)));
  }

  /** Ends the look-up, and adds to what it has found what has not been in the index then. */
  Map<String, Ulid> end(Map<String, Ulid> found) {
    underWay = false;
    var seen = new HashMap<>(fresh);
    seen.putAll(found);
    indexedMeanwhile.forEach(this::drop);
    indexedMeanwhile.clear();
    return seen;
  }

  /** Events are about to be accepted. */
  void remember(List<Entry> entries) {
    for (var entry : entries) {
      if (entry.repeatOf().isEmpty() && entry.event().userId().isPresent()) {
        fresh.put(entry.event().userId().get(), entry.event().id());
        userIds.put(entry.event().id(), entry.event().userId().get());
      }
    }
  }

  /** The index has these events now. */
  void forget(List<Ulid> events) {
    if (userIds.isEmpty()) {
      return;
    }
    for (var event : events) {
      if (underWay) {
        indexedMeanwhile.add(event);
      } else {
        drop(event);
      }
    }
  }

  private void drop(Ulid event) {
    var userId = userIds.remove(event);
    if (userId != null) {
      fresh.remove(userId, event);
    }
  }

  void reset() {
    gathered.clear();
    fresh.clear();
    userIds.clear();
    indexedMeanwhile.clear();
    underWay = false;
  }
}
