package dev.stepwell.embedded;

import dev.stepwell.engine.port.Cursor.EventPlace;
import dev.stepwell.engine.port.EventIndex.Row;
import dev.stepwell.engine.wire.Ulid;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/** Changes of rows of events that are written together, each of which sees those before it. */
final class EventChanges {

  private static final int ROW_BYTES = 400;

  private final EventRows rows;
  private final Map<Ulid, Optional<Row>> before = new HashMap<>();
  private final Map<Ulid, Optional<Row>> after = new LinkedHashMap<>();
  private final Map<String, Optional<EventPlace>> remembered = new HashMap<>();

  EventChanges(EventRows rows) {
    this.rows = rows;
  }

  /** A row of an event that has none before this round. */
  void add(Row row) throws RocksDBException {
    after.putIfAbsent(row.event().id(), Optional.empty());
    put(row);
  }

  void put(Row row) throws RocksDBException {
    var event = row.event();
    delete(event.id());
    after.put(event.id(), Optional.of(row));
    if (event.userId().isPresent() && row.repeatOf().isEmpty()) {
      var place = EventRow.place(row);
      var other = remembered(event.userId().get());
      if (other.isEmpty() || other.get().compareTo(place) < 0) {
        remembered.put(event.userId().get(), Optional.of(place));
      }
    }
  }

  void delete(Ulid id) throws RocksDBException {
    var old = after.get(id);
    if (old == null) {
      old = rows.find(id);
      before.put(id, old);
    }
    after.put(id, Optional.empty());
    if (old.isPresent() && old.get().event().userId().isPresent()) {
      var userId = old.get().event().userId().get();
      if (remembered(userId).equals(old.map(EventRow::place))) {
        remembered.put(userId, Optional.empty());
      }
    }
  }

  private Optional<EventPlace> remembered(String userId) throws RocksDBException {
    var place = remembered.get(userId);
    if (place == null) {
      place = rows.remembered(userId);
      remembered.put(userId, place);
    }
    return place;
  }

  boolean hasOdd() {
    return after.values().stream()
        .flatMap(Optional::stream)
        .map(EventRow::place)
        .anyMatch(EventRow::isOdd);
  }

  Ops toOps(int rowFamily, int keyFamily) {
    var ops = new Ops(ROW_BYTES * after.size(), 0);
    after.forEach((id, row) -> {
      var old = before.getOrDefault(id, Optional.empty());
      if (!row.equals(old)) {
        replace(old, row, rowFamily, ops);
        keys(row).replace(keys(old), keyFamily, ops);
      }
    });
    remembered.forEach((userId, place) -> remember(userId, place, keyFamily, ops));
    return ops;
  }

  private static void replace(Optional<Row> old, Optional<Row> row, int family, Ops ops) {
    old.map(EventRow::place)
        .filter(place -> !row.map(EventRow::place).equals(Optional.of(place)))
        .ifPresent(place -> ops.delete(family, EventRow.key(place)));
    row.ifPresent(it -> ops.put(family, EventRow.key(EventRow.place(it)), EventRow.encode(it)));
  }

  private static IndexKeys keys(Optional<Row> row) {
    return row.map(EventRow::keys).orElseGet(IndexKeys::new);
  }

  private static void remember(String userId, Optional<EventPlace> place, int family, Ops ops) {
    var key = EventRow.byUserId(userId);
    place.ifPresentOrElse(
        newest -> ops.put(family, key, EventRow.encode(newest)), () -> ops.delete(family, key));
  }
}
