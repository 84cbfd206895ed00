package dev.stepwell.cassandra.index;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.cql.Mutation;
import dev.stepwell.cassandra.cql.Reads;
import dev.stepwell.engine.port.RunIndex.Row;
import dev.stepwell.engine.port.RunRowCodec;
import dev.stepwell.engine.wire.Ulid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The rows of runs. Of an alive and of an ended run they are in different columns, so that an ended
 * one is never replaced by an alive one, in whatever order they come.
 */
final class RunTable {

  private static final Slicing SLICING = SliceList.RUNS.slicing();
  private static final String COLUMNS = "SELECT at, id, running, ended FROM runs";

  private final Reads reads;
  private final PreparedStatement running;
  private final PreparedStatement ended;
  private final PreparedStatement delete;
  private final PreparedStatement range;
  private final PreparedStatement places;

  RunTable(Cql cql, Reads reads) {
    this.reads = reads;
    running =
        cql.prepareIdempotent("INSERT INTO runs (slice, at, id, running) VALUES (?, ?, ?, ?)");
    ended = cql.prepareIdempotent("INSERT INTO runs (slice, at, id, ended) VALUES (?, ?, ?, ?)");
    delete = cql.prepareIdempotent("DELETE FROM runs WHERE slice = ? AND at = ? AND id = ?");
    range = cql.prepareIdempotent(COLUMNS + Bounds.RANGE + " ORDER BY at DESC LIMIT ?");
    places = cql.prepareIdempotent(COLUMNS + " WHERE slice = ? AND (at, id) IN ?");
  }

  Mutation put(Row row) {
    var place = Place.of(row.runId());
    var bytes = RunRowCodec.encode(row);
    var isEnded = row.status().ended();
    return Mutation.put(
        partition(place),
        List.of(place.id()),
        isEnded ? "ended" : "running",
        (isEnded ? ended : running)
            .bind(
                SLICING.of(place.millis()),
                place.millis(),
                Blobs.of(place.id()),
                ByteBuffer.wrap(bytes)),
        bytes.length);
  }

  Mutation delete(Ulid runId) {
    var place = Place.of(runId);
    return Mutation.delete(
        partition(place),
        List.of(runId),
        delete.bind(SLICING.of(place.millis()), place.millis(), Blobs.of(runId)));
  }

  private static List<?> partition(Place place) {
    return List.of("runs", SLICING.of(place.millis()));
  }

  /** The rows of a slice, the newest first. To be called inside a reading, as all below. */
  List<Row> read(long slice, Range wanted, int limit) {
    var rows = new ArrayList<Row>();
    var statement =
        range.boundStatementBuilder(Bounds.values(slice, wanted)).setInt(5, limit).build();
    for (var row : reads.rows(statement.setPageSize(Bounds.PAGE))) {
      rows.add(row(row));
    }
    return rows;
  }

  /** The rows of runs, as far as there are any. */
  Map<Ulid, Row> read(List<Ulid> runIds) {
    var parts = Bounds.bySlice(runIds.stream().map(Place::of).toList(), SLICING, Bounds.PLACES_MAX);
    var readings = new ArrayList<Supplier<List<Row>>>(parts.size());
    parts.forEach(part -> readings.add(() -> read(part)));
    var rows = new HashMap<Ulid, Row>();
    reads.together(readings).forEach(some -> some.forEach(row -> rows.put(row.runId(), row)));
    return rows;
  }

  private List<Row> read(Bounds.Part part) {
    var rows = new ArrayList<Row>();
    for (var row : reads.rows(places.bind(part.slice(), Bounds.tuples(part.places())))) {
      rows.add(row(row));
    }
    return rows;
  }

  boolean isEmpty(long slice) {
    return read(slice, Range.ofMillis(slice, slice + SLICING.lengthMillis()), 1).isEmpty();
  }

  private static Row row(com.datastax.oss.driver.api.core.cql.Row row) {
    var ended = Blobs.bytes(row, 3);
    return RunRowCodec.decode(
        Blobs.ulid(row, 1), ended != null ? ended : Objects.requireNonNull(Blobs.bytes(row, 2)));
  }
}
