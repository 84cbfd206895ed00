package dev.stepwell.embedded;

import dev.stepwell.engine.port.Journal.Entry;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** The facts of one persistence id, as they lie in the database. */
final class Facts {

  /** So many facts are looked up one by one before an iterator pays. */
  private static final int LOOK_UPS = 6;

  private final Database database;
  private final Family family;
  private final byte[] prefix;

  Facts(Database database, String persistenceId) {
    this.database = database;
    family = JournalKey.family(persistenceId);
    prefix = JournalKey.prefix(persistenceId);
  }

  /** Whether there are none and never were. */
  boolean none() throws RocksDBException {
    return deletedTo() == 0 && !database.contains(family, key(1));
  }

  long highest() throws RocksDBException {
    var deletedTo = deletedTo();
    if (deletedTo == 0 && !database.contains(family, key(1))) {
      return 0;
    }
    try (var rows = Scan.backward(database, family, key(deletedTo + 1), JournalKey.end(prefix))) {
      return rows.next() ? JournalKey.sequenceNr(prefix, rows.key()) : deletedTo;
    }
  }

  /**
   * There are no gaps, so the first number that is missing is the end, or else the deleted part.
   */
  void replay(long from, long to, long max, Consumer<Entry> into) throws RocksDBException {
    var next = Math.max(1, from);
    var end = max > to - next ? to : next + max - 1;
    if (next > end) {
      return;
    }
    var fact = fact(next);
    if (fact == null) {
      var deletedTo = deletedTo();
      if (deletedTo < next) {
        return;
      }
      end = max > to - deletedTo - 1 ? to : deletedTo + max;
      next = deletedTo + 1;
      fact = next <= end ? fact(next) : null;
    }
    for (var i = 1; fact != null; i++) {
      into.accept(new Entry(next++, fact));
      if (i == LOOK_UPS) {
        scan(next, end, into);
        return;
      }
      fact = next <= end ? fact(next) : null;
    }
  }

  private void scan(long from, long to, Consumer<Entry> into) throws RocksDBException {
    if (from > to) {
      return;
    }
    var until = to == Long.MAX_VALUE ? JournalKey.end(prefix) : key(to + 1);
    try (var rows = Scan.forward(database, family, key(from), until)) {
      for (var expected = from; rows.next(); expected++) {
        var sequenceNr = JournalKey.sequenceNr(prefix, rows.key());
        if (sequenceNr != expected) {
          throw new IllegalStateException(
              "the journal has a gap: " + sequenceNr + " follows " + (expected - 1));
        }
        into.accept(new Entry(sequenceNr, rows.value()));
      }
    }
  }

  /** Deletes up to {@code to}, as far as there are facts, and remembers that. */
  Ops deletionTo(long to) throws RocksDBException {
    var deletedTo = deletedTo();
    var last = Math.min(to, highest());
    var ops = new Ops(0, 1);
    if (last > deletedTo) {
      var id = database.id(family);
      ops.put(id, JournalKey.head(prefix), ByteBuffer.allocate(8).putLong(last).array());
      Deletion.range(ops, id, last - deletedTo, i -> key(deletedTo + 1 + i));
    }
    return ops;
  }

  /** Deletes the facts and the head. */
  void deletion(Ops ops) throws RocksDBException {
    Deletion.all(database, family, JournalKey.head(prefix), JournalKey.end(prefix), ops);
  }

  private long deletedTo() throws RocksDBException {
    var head = database.get(family, JournalKey.head(prefix));
    return head == null ? 0 : ByteBuffer.wrap(head).getLong();
  }

  private byte @Nullable [] fact(long sequenceNr) throws RocksDBException {
    return database.get(family, key(sequenceNr));
  }

  private byte[] key(long sequenceNr) {
    return JournalKey.of(prefix, sequenceNr);
  }
}
