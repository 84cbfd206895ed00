package dev.stepwell.embedded;

import java.util.ArrayList;
import java.util.function.LongFunction;
import org.rocksdb.RocksDBException;

/**
 * Deletes neighbouring rows: a few of them one by one, which readers skip cheaply and compaction
 * notices, and many with one deletion of a range, of which RocksDB should not have too many.
 */
final class Deletion {

  private static final int ONE_BY_ONE_MAX = 32;

  private Deletion() {}

  /** Deletes {@code count} rows, of which {@code key} knows the keys, counted from 0. */
  static void range(Ops ops, int family, long count, LongFunction<byte[]> key) {
    if (count > ONE_BY_ONE_MAX) {
      ops.deleteRange(family, key.apply(0), key.apply(count));
    } else {
      for (var i = 0; i < count; i++) {
        ops.delete(family, key.apply(i));
      }
    }
  }

  /** Deletes what is there from a key (included) to a key (excluded). */
  static void all(Database database, Family family, byte[] from, byte[] until, Ops ops)
      throws RocksDBException {
    var keys = new ArrayList<byte[]>();
    try (var rows = Scan.forward(database, family, from, until)) {
      while (keys.size() <= ONE_BY_ONE_MAX && rows.next()) {
        keys.add(rows.key());
      }
    }
    var id = database.id(family);
    if (keys.size() > ONE_BY_ONE_MAX) {
      ops.deleteRange(id, from, until);
    } else {
      keys.forEach(key -> ops.delete(id, key));
    }
  }
}
