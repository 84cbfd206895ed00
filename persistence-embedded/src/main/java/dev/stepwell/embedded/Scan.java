package dev.stepwell.embedded;

import java.util.Arrays;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * The rows of a family from a key (included) to a key (excluded), as they were when the scan began.
 * Before the first row as well as after each, {@link #next} says whether there is one more.
 */
final class Scan implements AutoCloseable {

  private final Slice from;
  private final Slice until;
  private final ReadOptions options;
  private final RocksIterator rows;
  private final boolean backward;
  private final boolean empty;
  private boolean begun;

  private Scan(Database database, Family family, byte[] from, byte[] until, boolean backward) {
    this.backward = backward;
    empty = Arrays.compareUnsigned(from, until) >= 0;
    this.from = new Slice(from);
    this.until = new Slice(until);
    // The bounds keep RocksDB from wading through deleted rows on either side.
    options = new ReadOptions().setIterateLowerBound(this.from).setIterateUpperBound(this.until);
    rows = database.iterator(family, options);
  }

  static Scan forward(Database database, Family family, byte[] from, byte[] until) {
    return new Scan(database, family, from, until, false);
  }

  static Scan backward(Database database, Family family, byte[] from, byte[] until) {
    return new Scan(database, family, from, until, true);
  }

  boolean next() throws RocksDBException {
    if (empty) {
      return false;
    }
    if (!begun) {
      begun = true;
      if (backward) {
        rows.seekToLast();
      } else {
        rows.seekToFirst();
      }
    } else if (backward) {
      rows.prev();
    } else {
      rows.next();
    }
    if (rows.isValid()) {
      return true;
    }
    // The end, or a block that can't be read.
    rows.status();
    return false;
  }

  byte[] key() {
    return rows.key();
  }

  byte[] value() {
    return rows.value();
  }

  @Override
  public void close() {
    rows.close();
    options.close();
    until.close();
    from.close();
  }
}
