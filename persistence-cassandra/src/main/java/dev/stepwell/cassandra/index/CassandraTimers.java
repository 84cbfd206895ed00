package dev.stepwell.cassandra.index;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.cql.Grouping;
import dev.stepwell.cassandra.cql.Mutation;
import dev.stepwell.cassandra.cql.Reads;
import dev.stepwell.engine.port.TimerStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Rows by partition and minute, in the order in which they are asked for. */
final class CassandraTimers implements TimerStore {

  private static final Slicing SLICING = Slicing.TIMERS;

  private final Reads reads;
  private final Grouping grouping;
  private final SliceNotes notes;
  private final Slices slices;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement select;
  private final PreparedStatement first;

  CassandraTimers(Cql cql, Reads reads, Grouping grouping, SliceNotes notes, Slices slices) {
    this.reads = reads;
    this.grouping = grouping;
    this.notes = notes;
    this.slices = slices;
    insert =
        cql.prepareIdempotent(
            "INSERT INTO timers (part, slice, due, key, target) VALUES (?, ?, ?, ?, ?)");
    delete =
        cql.prepareIdempotent(
            "DELETE FROM timers WHERE part = ? AND slice = ? AND due = ? AND key = ?");
    select =
        cql.prepareIdempotent(
            "SELECT due, key, target FROM timers WHERE part = ? AND slice = ? AND due >= ? AND due < ? LIMIT ?");
    first =
        cql.prepareIdempotent(
            "SELECT due FROM timers WHERE part = ? AND slice = ? AND due >= ? LIMIT 1");
  }

  @Override
  public CompletionStage<Void> put(int partition, List<Row> rows) {
    var list = SliceList.timers(partition);
    var noted = notes.begin();
    var write = new ArrayList<Mutation>(rows.size());
    for (var row : rows) {
      noted.add(list, row.dueAtMillis());
      write.add(put(partition, row));
    }
    write.addAll(noted.mutations());
    return grouping.write(write).thenRun(noted::succeeded);
  }

  @Override
  public CompletionStage<Void> delete(int partition, List<Row> rows) {
    var write = rows.stream().map(row -> delete(partition, row)).toList();
    return grouping
        .write(write)
        .thenRun(() -> rows.forEach(row -> deletedFrom(partition, SLICING.of(row.dueAtMillis()))));
  }

  @Override
  public CompletionStage<List<Row>> between(
      int partition, long fromMillis, long untilMillis, int limit) {
    return reads.read(() -> {
      var range = Range.ofMillis(fromMillis, untilMillis);
      return SliceWalk.collect(
          reads,
          slices.ascending(SliceList.timers(partition), range),
          limit,
          (slice, missing) -> read(partition, slice, range, missing));
    });
  }

  @Override
  public CompletionStage<OptionalLong> next(int partition, long fromMillis) {
    return reads.read(() -> {
      var range = Range.ofMillis(fromMillis, Long.MAX_VALUE);
      return SliceWalk.collect(
              reads,
              slices.ascending(SliceList.timers(partition), range),
              1,
              (slice, _) -> first(partition, slice, range.from().millis()))
          .stream()
          .mapToLong(due -> due)
          .findFirst();
    });
  }

  private void deletedFrom(int partition, long slice) {
    slices.deletedFrom(SliceList.timers(partition), slice, () -> isEmpty(partition, slice));
  }

  private void foundEmpty(int partition, Slice slice) {
    slices.foundEmpty(SliceList.timers(partition), slice, () -> isEmpty(partition, slice.from()));
  }

  private List<Row> read(int partition, Slice slice, Range range, int limit) {
    var statement =
        select
            .bind(partition, slice.from(), range.from().millis(), range.until().millis(), limit)
            .setPageSize(Bounds.PAGE);
    var found = new ArrayList<Row>();
    for (var row : reads.rows(statement)) {
      found.add(
          new Row(
              row.getLong(0),
              Objects.requireNonNull(row.getString(1)),
              Objects.requireNonNull(Blobs.bytes(row, 2))));
    }
    if (found.isEmpty() && range.contains(slice.from(), SLICING)) {
      foundEmpty(partition, slice);
    }
    return found;
  }

  private List<Long> first(int partition, Slice slice, long fromMillis) {
    for (var row : reads.rows(first.bind(partition, slice.from(), fromMillis))) {
      return List.of(row.getLong(0));
    }
    if (fromMillis <= slice.from()) {
      foundEmpty(partition, slice);
    }
    return List.of();
  }

  private boolean isEmpty(int partition, long slice) {
    return !reads.rows(first.bind(partition, slice, 0L)).iterator().hasNext();
  }

  private Mutation put(int partition, Row row) {
    var slice = SLICING.of(row.dueAtMillis());
    return Mutation.put(
        partitionKey(partition, slice),
        rowKey(row),
        insert.bind(partition, slice, row.dueAtMillis(), row.key(), ByteBuffer.wrap(row.target())),
        row.key().length() + row.target().length);
  }

  private Mutation delete(int partition, Row row) {
    var slice = SLICING.of(row.dueAtMillis());
    return Mutation.delete(
        partitionKey(partition, slice),
        rowKey(row),
        delete.bind(partition, slice, row.dueAtMillis(), row.key()));
  }

  private static List<?> partitionKey(int partition, long slice) {
    return List.of("timers", partition, slice);
  }

  private static List<?> rowKey(Row row) {
    return List.of(row.dueAtMillis(), row.key());
  }
}
