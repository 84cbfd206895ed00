package dev.stepwell.cassandra.index;

import dev.stepwell.cassandra.cql.Grouping;
import dev.stepwell.cassandra.cql.Mutation;
import dev.stepwell.cassandra.cql.Reads;
import dev.stepwell.cassandra.index.Entries.Entry;
import dev.stepwell.cassandra.index.SliceWalk.Found;
import dev.stepwell.engine.port.Cursor;
import dev.stepwell.engine.port.Page;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Rows by the instant in the run's id; and entries that lead to them by function, by status and by
 * end. There are none by {@link RunStatus#COMPLETED}, which nearly all are.
 */
final class CassandraRuns implements RunIndex {

  private static final SliceList RUNNING = SliceList.ofStatus(RunStatus.RUNNING);

  private final Reads reads;
  private final Grouping grouping;
  private final RunTable table;
  private final Entries entries;
  private final SliceNotes notes;
  private final Slices slices;
  private final Parked parked = new Parked();

  CassandraRuns(
      Reads reads,
      Grouping grouping,
      RunTable table,
      Entries entries,
      SliceNotes notes,
      Slices slices) {
    this.reads = reads;
    this.grouping = grouping;
    this.table = table;
    this.entries = entries;
    this.notes = notes;
    this.slices = slices;
  }

  @Override
  public CompletionStage<Void> put(List<Row> rows) {
    var write = new ArrayList<Mutation>(4 * rows.size());
    var noted = notes.begin();
    for (var row : rows) {
      write.add(table.put(row));
      noted.add(SliceList.RUNS, row.runId().millis());
      for (var entry : entriesOf(row)) {
        write.add(entries.put(entry));
        noted.add(entry.list(), entry.place().millis());
      }
      if (!row.status().ended()) {
        parked.add(row.runId());
      } else if (parked.mayBe(row)) {
        write.add(entries.delete(new Entry(RUNNING, Place.of(row.runId()))));
      }
    }
    write.addAll(noted.mutations());
    return grouping.write(write).thenRun(noted::succeeded);
  }

  private static List<Entry> entriesOf(Row row) {
    var place = Place.of(row.runId());
    var found = new ArrayList<Entry>(3);
    found.add(new Entry(SliceList.ofFunction(row.function()), place));
    indexed(row.status()).ifPresent(list -> found.add(new Entry(list, place)));
    row.endedAtMillis()
        .ifPresent(end -> found.add(new Entry(SliceList.ENDS, new Place(end, row.runId()))));
    return found;
  }

  private static Optional<SliceList> indexed(RunStatus status) {
    return status == RunStatus.COMPLETED
        ? Optional.empty()
        : Optional.of(SliceList.ofStatus(status));
  }

  @Override
  public CompletionStage<Void> delete(List<Row> rows) {
    var write = new ArrayList<Mutation>(4 * rows.size());
    for (var row : rows) {
      write.add(table.delete(row.runId()));
      entriesOf(row).forEach(entry -> write.add(entries.delete(entry)));
    }
    return grouping.write(write).thenRun(() -> rows.forEach(this::deleted));
  }

  private void deleted(Row row) {
    var slice = SliceList.RUNS.slicing().of(row.runId().millis());
    slices.deletedFrom(SliceList.RUNS, slice, () -> table.isEmpty(slice));
    entriesOf(row).forEach(entries::deleted);
  }

  @Override
  public CompletionStage<Optional<Row>> get(Ulid runId) {
    return reads.read(() -> Optional.ofNullable(table.read(List.of(runId)).get(runId)));
  }

  @Override
  public CompletionStage<Page<Row>> list(Query query) {
    return reads.read(() -> {
      var limit = Page.checkLimit(query.limit());
      return Page.of(search(query, limit + 1), limit, last -> Cursor.ofRun(last.runId()));
    });
  }

  /** By the narrowest list there is; whatever that leaves open is looked up in the rows. */
  private List<Row> search(Query query, int limit) {
    var list =
        query
            .status()
            .flatMap(CassandraRuns::indexed)
            .or(() -> query.function().map(SliceList::ofFunction))
            .orElse(SliceList.RUNS);
    var range = range(query);
    SliceWalk.PlaceReader<Row> reader =
        list.equals(SliceList.RUNS)
            ? (slice, part, max) -> rows(slice, part, max, query)
            : (slice, part, max) -> listed(list, slice, part, max, query);
    return SliceWalk.collect(
        reads,
        slices.descending(list, range),
        limit,
        (slice, missing) -> SliceWalk.wanted(slice, range, false, missing, reader));
  }

  private static Range range(Query query) {
    var range =
        Range.ofMillis(query.fromMillis().orElse(0), query.untilMillis().orElse(Long.MAX_VALUE));
    return query.after().map(cursor -> range.before(Place.of(Cursor.toRun(cursor)))).orElse(range);
  }

  private static boolean matches(Query query, Row row) {
    return query.function().map(row.function()::equals).orElse(true)
        && query.status().map(row.status()::equals).orElse(true);
  }

  private List<Found<Row>> rows(Slice slice, Range range, int limit, Query query) {
    var rows = table.read(slice.from(), range, limit);
    if (rows.isEmpty() && range.contains(slice.from(), SliceList.RUNS.slicing())) {
      slices.foundEmpty(SliceList.RUNS, slice, () -> table.isEmpty(slice.from()));
    }
    return rows.stream()
        .map(row ->
            new Found<>(Place.of(row.runId()), Optional.of(row).filter(it -> matches(query, it))))
        .toList();
  }

  private List<Found<Row>> listed(
      SliceList list, Slice slice, Range range, int limit, Query query) {
    var places = entries.read(list, slice, range, false, limit);
    var rows = table.read(ids(places));
    if (list.equals(RUNNING)) {
      places.stream()
          .filter(place -> isOver(rows.get(place.id())))
          .forEach(place -> entries.forget(new Entry(RUNNING, place)));
    }
    return places.stream()
        .map(place ->
            new Found<>(
                place, Optional.ofNullable(rows.get(place.id())).filter(it -> matches(query, it))))
        .toList();
  }

  private static boolean isOver(@Nullable Row row) {
    return row == null || row.status().ended();
  }

  private static List<Ulid> ids(List<Place> places) {
    return places.stream().map(Place::id).toList();
  }

  @Override
  public CompletionStage<List<Row>> endedBetween(long fromMillis, long untilMillis, int limit) {
    return reads.read(() -> {
      var range = Range.ofMillis(fromMillis, untilMillis);
      return SliceWalk.collect(
          reads,
          slices.ascending(SliceList.ENDS, range),
          limit,
          (slice, missing) -> SliceWalk.wanted(slice, range, true, missing, this::ended));
    });
  }

  private List<Found<Row>> ended(Slice slice, Range range, int limit) {
    var places = entries.read(SliceList.ENDS, slice, range, true, limit);
    var rows = table.read(ids(places));
    return places.stream()
        .map(place ->
            new Found<>(
                place,
                Optional.ofNullable(rows.get(place.id()))
                    .filter(row -> row.endedAtMillis().equals(OptionalLong.of(place.millis())))))
        .toList();
  }
}
