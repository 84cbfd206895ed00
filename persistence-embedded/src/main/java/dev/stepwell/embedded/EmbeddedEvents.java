package dev.stepwell.embedded;

import dev.stepwell.embedded.IndexWriter.Kind;
import dev.stepwell.engine.port.Cursor;
import dev.stepwell.engine.port.Cursor.EventPlace;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.EventRowCodec;
import dev.stepwell.engine.port.Page;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.rocksdb.RocksDBException;

/** Rows in order of acceptance, and keys of {@link EventRow} that lead to them. */
final class EmbeddedEvents implements EventIndex, AutoCloseable {

  private static final String INTERNAL_PREFIX = "inngest/";
  private static final int ROW_BYTES = 300;

  /** Of payload, after which a page for retention ends. */
  private static final int PAGE_BYTES = 1 << 20;

  private final Reads reads;
  private final EventRows rows;
  private final IndexWriter<Row> writer;

  EmbeddedEvents(EventRows rows, Reads reads, GroupWriter writer, Budget budget) {
    this.reads = reads;
    this.rows = rows;
    this.writer = new IndexWriter<>("events", rows::encode, writer, budget);
  }

  @Override
  public CompletionStage<Void> put(List<Row> rows) {
    return writer.change(Kind.PUT, rows, bytes(rows));
  }

  @Override
  public CompletionStage<Void> add(List<Row> rows) {
    return writer.change(Kind.ADD, rows, bytes(rows));
  }

  @Override
  public CompletionStage<Void> delete(List<Row> rows) {
    return writer.change(Kind.DELETE, rows, bytes(rows));
  }

  private static long bytes(List<Row> rows) {
    return rows.stream().mapToLong(row -> ROW_BYTES + row.event().data().sizeBytes()).sum();
  }

  @Override
  public CompletionStage<Optional<Row>> get(Ulid eventId) {
    return reads.now(() -> rows.find(eventId));
  }

  @Override
  public CompletionStage<Map<String, Ulid>> seen(List<String> userIds, long sinceMillis) {
    return reads.now(() -> {
      var seen = new HashMap<String, Ulid>();
      for (var userId : userIds) {
        rows.remembered(userId)
            .filter(place -> place.receivedAtMillis() >= sinceMillis)
            .ifPresent(place -> seen.put(userId, place.eventId()));
      }
      return seen;
    });
  }

  @Override
  public CompletionStage<Page<Row>> list(Query query) {
    return reads.soon(() -> {
      var limit = Page.checkLimit(query.limit());
      var prefix = query.name().map(EventRow::byName).orElseGet(EventRow::rows);
      var found = new ArrayList<Row>();
      try (var scan = rows.backward(prefix, from(prefix, query), until(prefix, query))) {
        while (found.size() <= limit && scan.next()) {
          rows.row(scan).filter(row -> isShown(query, row.event())).ifPresent(found::add);
        }
      }
      return Page.of(found, limit, last -> Cursor.ofEvent(EventRow.place(last)));
    });
  }

  private static byte[] from(byte[] prefix, Query query) {
    return EventRow.at(prefix, query.receivedFromMillis().orElse(0));
  }

  private static byte[] until(byte[] prefix, Query query) {
    var end = EventRow.at(prefix, query.receivedUntilMillis().orElse(Long.MAX_VALUE));
    return query
        .after()
        .map(cursor -> EventRow.at(prefix, Cursor.toEvent(cursor)))
        .map(place -> Keys.earlier(place, end))
        .orElse(end);
  }

  private static boolean isShown(Query query, Event event) {
    return query.name().map(event.name()::equals).orElse(true)
        && (query.internal() || !event.name().startsWith(INTERNAL_PREFIX));
  }

  @Override
  public CompletionStage<List<Event>> lookBack(
      String name, Optional<Match> match, long fromMillis, long untilMillis, int limit) {
    return reads.soon(() -> {
      var prefix =
          match
              .map(wanted -> EventRow.byMatch(name, wanted))
              .orElseGet(() -> EventRow.byName(name));
      return oldest(prefix, fromMillis, untilMillis, limit, row -> isFor(name, match, row)).stream()
          .map(Row::event)
          .toList();
    });
  }

  /** A key may lead to a row that says something else by now; and two matches may have one hash. */
  private static boolean isFor(String name, Optional<Match> match, Row row) {
    return row.event().name().equals(name) && match.map(row.matches()::contains).orElse(true);
  }

  @Override
  public CompletionStage<Page<Row>> receivedBefore(long millis, Optional<String> after, int limit) {
    return reads.soon(() -> {
      var size = Page.checkLimit(limit);
      var prefix = EventRow.rows();
      var from =
          after
              .map(cursor -> Keys.next(EventRow.at(prefix, Cursor.toEvent(cursor))))
              .orElseGet(() -> EventRow.at(prefix, 0));
      try (var scan = rows.forward(prefix, from, EventRow.at(prefix, millis))) {
        return page(scan, size);
      }
    });
  }

  /** A page of what a scan finds; rows that were replaced are dropped on the way. */
  private Page<Row> page(Scan scan, int size) throws RocksDBException {
    var found = new ArrayList<Row>();
    var replaced = new ArrayList<Row>();
    var bytes = 0L;
    EventPlace last = null;
    while (scan.next()) {
      var row = EventRowCodec.decode(scan.value());
      var place = EventRow.place(row);
      var isCurrent = rows.isCurrent(place);
      if (last != null && (bytes >= PAGE_BYTES || isCurrent && found.size() == size)) {
        return dropping(replaced, new Page<>(found, Optional.of(Cursor.ofEvent(last))));
      }
      (isCurrent ? found : replaced).add(row);
      last = place;
      bytes += row.event().data().sizeBytes();
    }
    return dropping(replaced, new Page<>(found, Optional.empty()));
  }

  private Page<Row> dropping(List<Row> replaced, Page<Row> page) {
    if (!replaced.isEmpty()) {
      // Should it fail: the next round of retention comes by here again.
      var _ = writer.change(Kind.DROP, replaced, bytes(replaced));
    }
    return page;
  }

  private List<Row> oldest(
      byte[] prefix, long fromMillis, long untilMillis, int limit, Predicate<Row> wanted)
      throws RocksDBException {
    var found = new ArrayList<Row>();
    var from = EventRow.at(prefix, fromMillis);
    var until = EventRow.at(prefix, untilMillis);
    try (var scan = rows.forward(prefix, from, until)) {
      while (found.size() < limit && scan.next()) {
        rows.row(scan).filter(wanted).ifPresent(found::add);
      }
    }
    return found;
  }

  @Override
  public void close() {
    writer.close();
  }
}
