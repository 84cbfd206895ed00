package dev.stepwell.embedded;

import dev.stepwell.engine.port.Cursor.EventPlace;
import dev.stepwell.engine.port.EventIndex.Row;
import dev.stepwell.engine.port.EventRowCodec;
import dev.stepwell.engine.wire.Ulid;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/** Finds rows of events, by their keys or by place. */
final class EventRows {

  private final Database database;

  /** Whether there may be events that were not accepted in the instant of their id. */
  private volatile boolean odd;

  EventRows(Database database) throws RocksDBException {
    this.database = database;
    var first = EventRow.oddRows();
    try (var rows = Scan.forward(database, Family.EVENT_KEYS, first, Keys.end(first))) {
      odd = rows.next();
    }
  }

  Optional<Row> find(Ulid id) throws RocksDBException {
    return at(new EventPlace(instant(id), id));
  }

  /** Whether an event's row is at this place, and not at another since it came again. */
  boolean isCurrent(EventPlace place) throws RocksDBException {
    return instant(place.eventId()) == place.receivedAtMillis();
  }

  private long instant(Ulid id) throws RocksDBException {
    if (!odd) {
      return id.millis();
    }
    var instant = database.get(Family.EVENT_KEYS, EventRow.byId(id));
    return instant == null ? id.millis() : ByteBuffer.wrap(instant).getLong();
  }

  private Optional<Row> at(EventPlace place) throws RocksDBException {
    var row = database.get(Family.EVENTS, EventRow.key(place));
    return row == null ? Optional.empty() : Optional.of(EventRowCodec.decode(row));
  }

  /** Where the newest event with a user's id is that is no repeat. */
  Optional<EventPlace> remembered(String userId) throws RocksDBException {
    var key = database.get(Family.EVENT_KEYS, EventRow.byUserId(userId));
    if (key == null) {
      return Optional.empty();
    }
    var place = EventRow.lastPlace(key);
    return find(place.eventId())
        .filter(row -> EventRow.isRemembered(row, userId, place))
        .map(EventRow::place);
  }

  /** Scans the rows themselves, or keys that lead to them. */
  Scan forward(byte[] prefix, byte[] from, byte[] until) {
    return Scan.forward(database, family(prefix), from, until);
  }

  Scan backward(byte[] prefix, byte[] from, byte[] until) {
    return Scan.backward(database, family(prefix), from, until);
  }

  /** The row at which a scan is, if it is still there and not replaced. */
  Optional<Row> row(Scan scan) throws RocksDBException {
    var key = scan.key();
    if (!isCurrent(EventRow.lastPlace(key))) {
      return Optional.empty();
    }
    return family(key) == Family.EVENTS
        ? Optional.of(EventRowCodec.decode(scan.value()))
        : at(EventRow.lastPlace(key));
  }

  private static Family family(byte[] key) {
    return EventRow.isRow(key) ? Family.EVENTS : Family.EVENT_KEYS;
  }

  Ops encode(List<IndexWriter.Change<Row>> changes) throws RocksDBException {
    var bytes = changes.stream().mapToLong(IndexWriter.Change::bytes).sum();
    var round =
        new EventChanges(
            this,
            database.id(Family.EVENTS),
            database.id(Family.EVENT_KEYS),
            Math.toIntExact(bytes));
    for (var change : changes) {
      for (var row : change.rows()) {
        switch (change.kind()) {
          case ADD -> round.add(row);
          case PUT -> round.put(row);
          case DELETE -> round.delete(row.event().id());
          case DROP -> round.drop(row);
        }
      }
    }
    odd |= round.hasOdd();
    return round.toOps();
  }
}
