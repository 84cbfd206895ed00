package dev.stepwell.embedded;

import dev.stepwell.engine.port.Journal.Snapshot;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/**
 * Snapshots under the keys of {@link JournalKey}, their numbers raised by one because there may be
 * a snapshot before the first fact. An id that has ever had one has a head too, so that for all
 * others one look-up suffices.
 */
final class Snapshots {

  private static final byte[] NOTHING = {};

  private final Database database;

  Snapshots(Database database) {
    this.database = database;
  }

  Ops saving(String persistenceId, Snapshot snapshot) {
    var family = database.id(Family.SNAPSHOTS);
    var prefix = JournalKey.prefix(persistenceId);
    var value =
        ByteBuffer.allocate(Long.BYTES + snapshot.state().length)
            .putLong(snapshot.savedAtMillis())
            .put(snapshot.state())
            .array();
    return new Ops(2 * prefix.length + value.length, 2)
        .put(family, JournalKey.head(prefix), NOTHING)
        .put(family, JournalKey.of(prefix, snapshot.sequenceNr() + 1), value);
  }

  Optional<Snapshot> newest(String persistenceId, long maxSequenceNr) throws RocksDBException {
    var prefix = JournalKey.prefix(persistenceId);
    if (!database.contains(Family.SNAPSHOTS, JournalKey.head(prefix))) {
      return Optional.empty();
    }
    try (var rows =
        Scan.backward(database, Family.SNAPSHOTS, first(prefix), after(prefix, maxSequenceNr))) {
      return rows.next() ? Optional.of(read(prefix, rows)) : Optional.empty();
    }
  }

  Ops deletionTo(String persistenceId, long maxSequenceNr) throws RocksDBException {
    var prefix = JournalKey.prefix(persistenceId);
    var ops = new Ops(0, 0);
    Deletion.all(database, Family.SNAPSHOTS, first(prefix), after(prefix, maxSequenceNr), ops);
    return ops;
  }

  /** Deletes all of them, and the head. */
  void deletion(String persistenceId, Ops ops) throws RocksDBException {
    var prefix = JournalKey.prefix(persistenceId);
    var head = JournalKey.head(prefix);
    if (database.contains(Family.SNAPSHOTS, head)) {
      Deletion.all(database, Family.SNAPSHOTS, head, JournalKey.end(prefix), ops);
    }
  }

  private static Snapshot read(byte[] prefix, Scan row) {
    var value = row.value();
    return new Snapshot(
        JournalKey.sequenceNr(prefix, row.key()) - 1,
        ByteBuffer.wrap(value).getLong(),
        Arrays.copyOfRange(value, Long.BYTES, value.length));
  }

  private static byte[] first(byte[] prefix) {
    return JournalKey.of(prefix, 1);
  }

  private static byte[] after(byte[] prefix, long sequenceNr) {
    return sequenceNr > Long.MAX_VALUE - 2
        ? JournalKey.end(prefix)
        : JournalKey.of(prefix, Math.max(-1, sequenceNr) + 2);
  }
}
