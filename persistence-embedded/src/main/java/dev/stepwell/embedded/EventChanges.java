package dev.stepwell.embedded;

import dev.stepwell.engine.port.Cursor.EventPlace;
import dev.stepwell.engine.port.EventIndex.Row;
import dev.stepwell.engine.port.EventRowCodec;
import dev.stepwell.engine.wire.Ulid;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/**
 * Changes of rows of events that are written together, each of which sees those before it. A row is
 * put without a look at what it replaces: whoever makes ids himself, as the SDKs do, would pay for
 * one with each event. What was replaced is passed over by readers, see {@link EventRows#row}, and
 * dropped when retention comes by.
 */
final class EventChanges {

  private final EventRows rows;
  private final int rowFamily;
  private final int keyFamily;
  private final Ops ops;

  /** What this round has put, or deleted, by id. */
  private final Map<Ulid, Optional<Row>> changed = new HashMap<>();

  private final Map<String, Optional<EventPlace>> remembered = new HashMap<>();

  /**
   * No changes yet.
   *
   * @param expectedBytes of keys and values; a good guess spares copies
   */
  EventChanges(EventRows rows, int rowFamily, int keyFamily, int expectedBytes) {
    this.rows = rows;
    this.rowFamily = rowFamily;
    this.keyFamily = keyFamily;
    this.ops = new Ops(expectedBytes, 0);
  }

  /**
   * A row of an event that has none: if its place can be told from its id, nothing else says so.
   */
  void add(Row row) throws RocksDBException {
    write(row, EventRow.isOdd(EventRow.place(row)));
  }

  /** A row that may take the place of another. */
  void put(Row row) throws RocksDBException {
    write(row, true);
  }

  private void write(Row row, boolean sayWhere) throws RocksDBException {
    var event = row.event();
    var place = EventRow.place(row);
    changed.put(event.id(), Optional.of(row));
    ops.put(rowFamily, EventRow.key(place), EventRowCodec.encode(row));
    for (var key : EventRow.keys(row)) {
      ops.put(keyFamily, key, Keys.NOTHING);
    }
    if (sayWhere) {
      ops.put(keyFamily, EventRow.byId(event.id()), EventRow.millis(place.receivedAtMillis()));
    }
    var userId = EventRow.remembers(row);
    if (userId.isPresent()) {
      var other = remembered(userId.get());
      if (other.isEmpty() || other.get().compareTo(place) < 0) {
        remembered.put(userId.get(), Optional.of(place));
      }
    }
  }

  void delete(Ulid id) throws RocksDBException {
    var known = changed.get(id);
    var old = known != null ? known : rows.find(id);
    changed.put(id, Optional.empty());
    // Where an event is that nothing says it of: it must not come forth again.
    ops.delete(rowFamily, EventRow.key(new EventPlace(id.millis(), id)));
    ops.delete(keyFamily, EventRow.byId(id));
    if (old.isPresent()) {
      erase(old.get());
      var userId = EventRow.remembers(old.get());
      if (userId.isPresent()) {
        remembered.put(userId.get(), remembered(userId.get()));
      }
    }
  }

  /** Drops a row that was found to be replaced, unless it has come back since. */
  void drop(Row row) throws RocksDBException {
    if (!isCurrent(EventRow.place(row))) {
      erase(row);
    }
  }

  private void erase(Row row) {
    ops.delete(rowFamily, EventRow.key(EventRow.place(row)));
    for (var key : EventRow.keys(row)) {
      ops.delete(keyFamily, key);
    }
  }

  private boolean isCurrent(EventPlace place) throws RocksDBException {
    var row = changed.get(place.eventId());
    return row == null
        ? rows.isCurrent(place)
        : row.map(EventRow::place).equals(Optional.of(place));
  }

  private Optional<EventPlace> remembered(String userId) throws RocksDBException {
    var known = remembered.get(userId);
    return (known != null ? known : rows.remembered(userId))
        .filter(place -> isStillThere(userId, place));
  }

  private boolean isStillThere(String userId, EventPlace place) {
    var row = changed.get(place.eventId());
    return row == null || row.filter(it -> EventRow.isRemembered(it, userId, place)).isPresent();
  }

  boolean hasOdd() {
    return changed.values().stream()
        .flatMap(Optional::stream)
        .map(EventRow::place)
        .anyMatch(EventRow::isOdd);
  }

  Ops toOps() {
    remembered.forEach((userId, place) -> {
      var key = EventRow.byUserId(userId);
      place
          .filter(it -> isStillThere(userId, it))
          .ifPresentOrElse(
              newest -> ops.put(keyFamily, key, EventRow.encode(newest)),
              () -> ops.delete(keyFamily, key));
    });
    return ops;
  }
}
