package dev.stepwell.cassandra.index;

import dev.stepwell.cassandra.cql.Grouping;
import dev.stepwell.cassandra.cql.Reads;
import dev.stepwell.engine.port.Cursor;
import dev.stepwell.engine.port.Cursor.EventPlace;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Page;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Rows by the instant of acceptance, and entries that lead to them by name and by match. A row is
 * put without a look at what it replaces: readers pass over what does not count any more, and drop
 * it when retention comes by.
 */
final class CassandraEvents implements EventIndex {

  private static final String INTERNAL_PREFIX = "inngest/";

  /** Of payload, after which a page for retention ends. */
  private static final int PAGE_BYTES = 1 << 20;

  private final Reads reads;
  private final Grouping grouping;
  private final SliceNotes notes;
  private final EventWrites writes;
  private final EventReads events;
  private final EventDeletions deletions;
  private final UserIds userIds;

  CassandraEvents(
      Reads reads,
      Grouping grouping,
      SliceNotes notes,
      EventWrites writes,
      EventReads events,
      EventDeletions deletions,
      UserIds userIds) {
    this.reads = reads;
    this.grouping = grouping;
    this.notes = notes;
    this.writes = writes;
    this.events = events;
    this.deletions = deletions;
    this.userIds = userIds;
  }

  @Override
  public CompletionStage<Void> put(List<Row> rows) {
    return write(rows, true);
  }

  @Override
  public CompletionStage<Void> add(List<Row> rows) {
    return write(rows, false);
  }

  private CompletionStage<Void> write(List<Row> rows, boolean again) {
    var put = new EventWrites.Put(notes.begin());
    rows.forEach(row -> writes.add(row, again, put));
    put.rows.addAll(put.noted.mutations());
    var written =
        put.chunks.isEmpty()
            ? grouping.write(put.rows)
            : grouping.write(put.chunks).thenCompose(_ -> grouping.write(put.rows));
    return written.thenRun(put.noted::succeeded);
  }

  @Override
  public CompletionStage<Void> delete(List<Row> rows) {
    return reads
        .read(() -> events.places(rows.stream().map(row -> row.event().id()).toList()))
        .thenCompose(places -> grouping.write(writes.delete(rows, places)))
        .thenRun(() -> rows.forEach(deletions::deleted));
  }

  @Override
  public CompletionStage<Optional<Row>> get(Ulid eventId) {
    return reads.read(() -> {
      var head = List.copyOf(events.heads(List.of(eventId)).values());
      return events.complete(head).stream().findFirst();
    });
  }

  @Override
  public CompletionStage<Map<String, Ulid>> seen(List<String> users, long sinceMillis) {
    return reads.read(() -> {
      var candidates = userIds.read(users);
      var heads =
          events.heads(candidates.values().stream().flatMap(List::stream).distinct().toList());
      var seen = new HashMap<String, Ulid>();
      candidates.forEach((userId, ids) ->
          ids.stream()
              .flatMap(id -> Optional.ofNullable(heads.get(id)).stream())
              .filter(head -> head.remembers(userId) && head.place().millis() >= sinceMillis)
              .map(EventHead::place)
              .max(Place::compareTo)
              .ifPresent(place -> seen.put(userId, place.id())));
      return seen;
    });
  }

  @Override
  public CompletionStage<Page<Row>> list(Query query) {
    return reads.read(() -> {
      var limit = Page.checkLimit(query.limit());
      var page = Page.of(search(query, limit + 1), limit, last -> cursor(last.place()));
      return new Page<>(events.complete(page.items()), page.next());
    });
  }

  private List<EventHead> search(Query query, int limit) {
    var until = query.receivedUntilMillis().orElse(Long.MAX_VALUE);
    var all = Range.ofMillis(query.receivedFromMillis().orElse(0), until);
    var range = query.after().map(cursor -> all.before(place(cursor))).orElse(all);
    if (query.name().isPresent()) {
      var name = query.name().get();
      return isShown(query, name) ? events.named(name, range, false, limit) : List.of();
    }
    return events.all(
        range, false, limit, head -> isShown(query, head.slim().event().name()), _ -> {});
  }

  private static boolean isShown(Query query, String name) {
    return query.internal() || !name.startsWith(INTERNAL_PREFIX);
  }

  @Override
  public CompletionStage<List<Event>> lookBack(
      String name, Optional<Match> match, long fromMillis, long untilMillis, int limit) {
    return reads.read(() -> {
      var range = Range.ofMillis(fromMillis, untilMillis);
      var heads =
          match
              .map(wanted -> events.matching(name, wanted, range, limit))
              .orElseGet(() -> events.named(name, range, true, limit));
      return events.complete(heads).stream().map(Row::event).toList();
    });
  }

  @Override
  public CompletionStage<Page<Row>> receivedBefore(long millis, Optional<String> after, int limit) {
    return reads.read(() -> {
      var size = Page.checkLimit(limit);
      var all = Range.ofMillis(0, millis);
      var range = after.map(cursor -> all.behind(place(cursor))).orElse(all);
      var heads = events.all(range, true, size + 1, _ -> true, deletions::leftBehind);
      var page = Page.of(heads, fitting(heads, size), last -> cursor(last.place()));
      return new Page<>(events.complete(page.items()), page.next());
    });
  }

  /** How many of the heads, and {@code max} at most, go into one page. */
  private static int fitting(List<EventHead> heads, int max) {
    var bytes = 0L;
    for (var i = 0; i < Math.min(max, heads.size()); i++) {
      bytes += heads.get(i).payloadBytes();
      if (bytes >= PAGE_BYTES) {
        return i + 1;
      }
    }
    return max;
  }

  private static String cursor(Place place) {
    return Cursor.ofEvent(new EventPlace(place.millis(), place.id()));
  }

  private static Place place(String cursor) {
    var place = Cursor.toEvent(cursor);
    return new Place(place.receivedAtMillis(), place.eventId());
  }
}
