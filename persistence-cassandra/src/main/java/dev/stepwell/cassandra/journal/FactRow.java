package dev.stepwell.cassandra.journal;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A row as it is read. Most are the facts of one append, or a part of them: part 0 is written last,
 * and without it the others mean nothing. Some are the seal of somebody who has read: see {@link
 * Chain}.
 *
 * @param seq the number of the append's first fact
 * @param part 0 or more; {@link #SEAL} of a seal
 * @param count of facts; of part 0 only
 * @param parts how many there are; of part 0 only. Of those rows that have one it is not stored
 * @param sealed the epoch of the row that is sealed, or {@link #NOTHING}; of a seal only
 * @param bytes null if they were not asked for
 */
record FactRow(
    long seq, long epoch, int part, int count, int parts, long sealed, @Nullable ByteBuffer bytes) {

  /** Before part 0 of the same epoch. */
  static final int SEAL = -1;

  /** An epoch that no row has. */
  static final long NOTHING = 0;

  /** What {@link #of} reads; behind it the bytes, if they are asked for. */
  static final String COLUMNS = "seq, epoch, part, count, parts, sealed";

  static FactRow of(Row row) {
    return new FactRow(
        row.getLong(0),
        row.getLong(1),
        row.getInt(2),
        row.getInt(3),
        Math.max(1, row.getInt(4)),
        row.getLong(5),
        row.getColumnDefinitions().size() > 6 ? row.getByteBuffer(6) : null);
  }

  boolean isSeal() {
    return part == SEAL;
  }
}
