package dev.stepwell.cassandra.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Rows that wait to be sent, by partition. What goes together is one change to Cassandra if it is
 * of one partition; of several ones it takes only little without a warning.
 */
final class Waiting {

  /** What Cassandra reckons for a row beyond its facts, about. */
  private static final int ROW_BYTES = 100;

  /** In one partition so much goes at once, and always at least one row. */
  private static final int PARTITION_BYTES_MAX = 256 << 10;

  /** Cassandra warns of more (unlogged_batch_across_partitions_warn_threshold). */
  private static final int PARTITIONS_MAX = 10;

  private final int mixedBytesMax;
  private final LinkedHashMap<Object, Deque<Append>> partitions = new LinkedHashMap<>();

  /**
   * Nothing waits.
   *
   * @param mixedBytesMax of rows of several partitions that go together
   */
  Waiting(int mixedBytesMax) {
    this.mixedBytesMax = mixedBytesMax;
  }

  void add(Append append) {
    partitions.computeIfAbsent(append.partition, _ -> new ArrayDeque<>()).add(append);
  }

  /**
   * Takes what may go together, beginning with what has waited longest; nothing if nothing waits.
   */
  List<Append> take() {
    var group = new ArrayList<Append>();
    var bytes = 0;
    for (var count = 0; count < PARTITIONS_MAX && !partitions.isEmpty(); count++) {
      var partition = partitions.firstEntry();
      var rows = partition.getValue();
      var size = size(rows);
      if (count > 0 && bytes + size > mixedBytesMax) {
        break;
      }
      bytes += size;
      if (bytes > PARTITION_BYTES_MAX) {
        takeSome(rows, group);
        break;
      }
      group.addAll(rows);
      partitions.remove(partition.getKey());
    }
    return group;
  }

  private static int size(Deque<Append> rows) {
    var size = 0;
    for (var row : rows) {
      size += ROW_BYTES + row.bytes;
    }
    return size;
  }

  private void takeSome(Deque<Append> rows, List<Append> group) {
    var bytes = 0;
    do {
      var row = rows.remove();
      bytes += ROW_BYTES + row.bytes;
      group.add(row);
      if (rows.isEmpty()) {
        partitions.remove(row.partition);
        return;
      }
    } while (bytes + ROW_BYTES + rows.element().bytes <= PARTITION_BYTES_MAX);
  }
}
