package dev.stepwell.cassandra.index;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.cql.Mutation;
import dev.stepwell.cassandra.cql.Reads;
import dev.stepwell.engine.wire.Ulid;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where events are that were put: of one that came again there may be a row at another place, which
 * does not count any more. Without an instant here, it is the one in the id.
 *
 * <p>An id with an instant close to its event's is in the partition of that instant's slice, so
 * that what is accepted at the same moment goes into few of them. Others, whose makers' clocks are
 * wrong, could make such a partition as large as they like, and are in one of their own.
 */
final class EventInstants {

  private static final int IDS_MAX = 100;

  /** From the instant in an event's id to the one of its acceptance, in either direction. */
  private static final long CLOSE_MILLIS = Duration.ofMinutes(10).toMillis();

  private static final Slicing SLICING = SliceList.EVENTS.slicing();
  private static final int BYTES = 40;
  private static final String TABLE = "event_instants";

  private final Reads reads;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement selectClose;
  private final PreparedStatement selectOwn;

  EventInstants(Cql cql, Reads reads) {
    this.reads = reads;
    insert = cql.prepareIdempotent("INSERT INTO event_instants (part, id, at) VALUES (?, ?, ?)");
    delete = cql.prepareIdempotent("DELETE FROM event_instants WHERE part = ? AND id = ?");
    var select = "SELECT id, at, WRITETIME(at) FROM event_instants WHERE part IN ?";
    selectClose = cql.prepareIdempotent(select + " AND id IN ?");
    selectOwn = cql.prepareIdempotent(select);
  }

  Mutation put(Place place) {
    var id = place.id();
    var part = isClose(place) ? sliceOf(id) : Blobs.of(id);
    return Mutation.put(
        List.of(TABLE, part), List.of(id), insert.bind(part, Blobs.of(id), place.millis()), BYTES);
  }

  private static boolean isClose(Place place) {
    return Math.abs(place.millis() - place.id().millis()) <= CLOSE_MILLIS;
  }

  private static ByteBuffer sliceOf(Ulid id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(0, SLICING.of(id.millis()));
  }

  /** Of one that came again there may be two. */
  List<Mutation> delete(Ulid id) {
    return Stream.of(sliceOf(id), Blobs.of(id))
        .map(part ->
            Mutation.delete(List.of(TABLE, part), List.of(id), delete.bind(part, Blobs.of(id))))
        .toList();
  }

  /** Where events are, if they are there. To be called inside a reading. */
  Map<Ulid, Place> places(Collection<Ulid> ids) {
    var readings = new ArrayList<Supplier<List<Found>>>();
    for (var some : Bounds.parts(List.copyOf(new LinkedHashSet<>(ids)), IDS_MAX)) {
      var blobs = some.stream().map(Blobs::of).toList();
      var slices = some.stream().map(EventInstants::sliceOf).distinct().toList();
      readings.add(() -> read(selectClose.bind(slices, blobs)));
      readings.add(() -> read(selectOwn.bind(blobs)));
    }
    var found = new HashMap<Ulid, Found>();
    for (var some : reads.together(readings)) {
      some.forEach(one -> found.merge(one.place().id(), one, Found::later));
    }
    var places = new HashMap<Ulid, Place>();
    ids.forEach(id -> places.put(id, Place.of(id)));
    found.forEach((id, one) -> places.put(id, one.place()));
    return places;
  }

  private record Found(Place place, long writtenMicros) {
    Found later(Found other) {
      return other.writtenMicros > writtenMicros ? other : this;
    }
  }

  private List<Found> read(BoundStatement select) {
    var found = new ArrayList<Found>();
    for (var row : reads.rows(select)) {
      found.add(new Found(new Place(row.getLong(1), Blobs.ulid(row, 0)), row.getLong(2)));
    }
    return found;
  }
}
