package dev.stepwell.engine.memory;

import dev.stepwell.engine.port.Cursor;
import dev.stepwell.engine.port.Cursor.EventPlace;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Page;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The rows by id and in order of acceptance, and where each user's id was put last. */
final class MemoryEvents implements EventIndex {

  private static final String INTERNAL_PREFIX = "inngest/";

  private final Calls calls;
  private final Map<Ulid, Row> byId = new HashMap<>();
  private final NavigableMap<EventPlace, Row> inOrder = new TreeMap<>();
  private final Map<String, NavigableMap<EventPlace, Row>> byName = new HashMap<>();
  private final Map<String, EventPlace> byUserId = new HashMap<>();

  MemoryEvents(Calls calls) {
    this.calls = calls;
  }

  @Override
  public CompletionStage<Void> put(List<Row> rows) {
    return calls.perform(() -> rows.forEach(this::put));
  }

  private void put(Row row) {
    remove(row.event().id());
    var place = place(row);
    byId.put(row.event().id(), row);
    inOrder.put(place, row);
    byName.computeIfAbsent(row.event().name(), _ -> new TreeMap<>()).put(place, row);
    if (row.repeatOf().isEmpty()) {
      row.event().userId().ifPresent(userId -> byUserId.merge(userId, place, MemoryEvents::later));
    }
  }

  private void remove(Ulid id) {
    var old = byId.remove(id);
    if (old != null) {
      var place = place(old);
      inOrder.remove(place);
      byName.computeIfPresent(
          old.event().name(),
          (_, rows) -> {
            rows.remove(place);
            return rows.isEmpty() ? null : rows;
          });
      old.event().userId().ifPresent(userId -> byUserId.remove(userId, place));
    }
  }

  @Override
  public CompletionStage<Optional<Row>> get(Ulid eventId) {
    return calls.answer(() -> Optional.ofNullable(byId.get(eventId)));
  }

  @Override
  public CompletionStage<Map<String, Ulid>> seen(List<String> userIds, long sinceMillis) {
    return calls.answer(() -> {
      var seen = new HashMap<String, Ulid>();
      for (var userId : userIds) {
        var place = byUserId.get(userId);
        if (place != null && place.receivedAtMillis() >= sinceMillis) {
          seen.put(userId, place.eventId());
        }
      }
      return seen;
    });
  }

  @Override
  public CompletionStage<Page<Row>> list(Query query) {
    return calls.answer(() -> {
      var limit = Page.checkLimit(query.limit());
      var older =
          query
              .after()
              .map(cursor -> inOrder.headMap(Cursor.toEvent(cursor), false))
              .orElse(inOrder);
      var found =
          older.descendingMap().values().stream()
              .filter(row -> matches(query, row.event()))
              .limit(limit + 1L)
              .toList();
      return Page.of(found, limit, last -> Cursor.ofEvent(place(last)));
    });
  }

  private static boolean matches(Query query, Event event) {
    return query.name().map(event.name()::equals).orElse(true)
        && (query.internal() || !event.name().startsWith(INTERNAL_PREFIX))
        && event.receivedAtMillis() >= query.receivedFromMillis().orElse(0)
        && event.receivedAtMillis() < query.receivedUntilMillis().orElse(Long.MAX_VALUE);
  }

  @Override
  public CompletionStage<List<Event>> lookBack(
      String name, Optional<Match> match, long fromMillis, long untilMillis, int limit) {
    return calls.answer(() ->
        byName
            .getOrDefault(name, Collections.emptyNavigableMap())
            .tailMap(new EventPlace(fromMillis, new Ulid(0, 0)), true)
            .values()
            .stream()
            .takeWhile(row -> row.event().receivedAtMillis() < untilMillis)
            .filter(row -> match.map(row.matches()::contains).orElse(true))
            .map(Row::event)
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<Page<Row>> receivedBefore(long millis, Optional<String> after, int limit) {
    return calls.answer(() -> {
      var size = Page.checkLimit(limit);
      var newer =
          after.map(cursor -> inOrder.tailMap(Cursor.toEvent(cursor), false)).orElse(inOrder);
      var found =
          newer.values().stream()
              .takeWhile(row -> row.event().receivedAtMillis() < millis)
              .limit(size + 1L)
              .toList();
      return Page.of(found, size, last -> Cursor.ofEvent(place(last)));
    });
  }

  @Override
  public CompletionStage<Void> delete(List<Row> rows) {
    return calls.perform(() -> rows.forEach(row -> remove(row.event().id())));
  }

  private static EventPlace place(Row row) {
    return new EventPlace(row.event().receivedAtMillis(), row.event().id());
  }

  private static EventPlace later(EventPlace a, EventPlace b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
