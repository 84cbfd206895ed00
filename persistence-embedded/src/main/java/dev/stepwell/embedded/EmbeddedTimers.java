package dev.stepwell.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.engine.port.TimerStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Rows under partition, instant and key: in the order in which they are asked for. */
final class EmbeddedTimers implements TimerStore {

  private static final int KEY_AT = Integer.BYTES + Long.BYTES;

  private final Database database;
  private final Reads reads;
  private final GroupWriter writer;
  private final int family;

  EmbeddedTimers(Database database, Reads reads, GroupWriter writer) {
    this.database = database;
    this.reads = reads;
    this.writer = writer;
    family = database.id(Family.TIMERS);
  }

  @Override
  public CompletionStage<Void> put(int partition, List<Row> rows) {
    var ops = ops(rows);
    for (var row : rows) {
      ops.put(family, key(partition, row), row.target());
    }
    return writer.write(ops, true);
  }

  @Override
  public CompletionStage<Void> delete(int partition, List<Row> rows) {
    var ops = ops(rows);
    for (var row : rows) {
      ops.delete(family, key(partition, row));
    }
    return writer.write(ops, false);
  }

  @Override
  public CompletionStage<List<Row>> between(
      int partition, long fromMillis, long untilMillis, int limit) {
    return reads.soon(() -> {
      var found = new ArrayList<Row>();
      try (var rows = scan(partition, fromMillis, untilMillis)) {
        while (found.size() < limit && rows.next()) {
          found.add(read(rows.key(), rows.value()));
        }
      }
      return found;
    });
  }

  @Override
  public CompletionStage<OptionalLong> next(int partition, long fromMillis) {
    return reads.soon(() -> {
      try (var rows = scan(partition, fromMillis, Long.MAX_VALUE)) {
        return rows.next()
            ? OptionalLong.of(ByteBuffer.wrap(rows.key()).getLong(Integer.BYTES))
            : OptionalLong.empty();
      }
    });
  }

  private Scan scan(int partition, long fromMillis, long untilMillis) {
    var from = Math.max(0, fromMillis);
    return Scan.forward(
        database,
        Family.TIMERS,
        bound(partition, from),
        bound(partition, Math.max(from, untilMillis)));
  }

  private static Ops ops(List<Row> rows) {
    var bytes = 0;
    for (var row : rows) {
      bytes += KEY_AT + row.key().length() + row.target().length;
    }
    return new Ops(bytes, rows.size());
  }

  private static byte[] key(int partition, Row row) {
    var key = row.key().getBytes(UTF_8);
    return ByteBuffer.allocate(KEY_AT + key.length)
        .putInt(partition)
        .putLong(row.dueAtMillis())
        .put(key)
        .array();
  }

  private static byte[] bound(int partition, long millis) {
    return ByteBuffer.allocate(KEY_AT).putInt(partition).putLong(millis).array();
  }

  private static Row read(byte[] key, byte[] target) {
    return new Row(
        ByteBuffer.wrap(key).getLong(Integer.BYTES),
        new String(key, KEY_AT, key.length - KEY_AT, UTF_8),
        target);
  }
}
