package dev.stepwell.cassandra.index;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.cql.Mutation;
import dev.stepwell.cassandra.cql.Reads;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where events are that were put: of one that came again there may be a row at another place, which
 * does not count any more. Without an instant here, it is the one in the id.
 */
final class EventInstants {

  private static final int IDS_MAX = 100;
  private static final int BYTES = 24;

  private final Reads reads;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement select;

  EventInstants(Cql cql, Reads reads) {
    this.reads = reads;
    insert = cql.prepareIdempotent("INSERT INTO event_instants (id, at) VALUES (?, ?)");
    delete = cql.prepareIdempotent("DELETE FROM event_instants WHERE id = ?");
    select = cql.prepareIdempotent("SELECT id, at FROM event_instants WHERE id IN ?");
  }

  Mutation put(Place place) {
    var id = place.id();
    return Mutation.put(
        List.of("event_instants", id), List.of(), insert.bind(Blobs.of(id), place.millis()), BYTES);
  }

  Mutation delete(Ulid id) {
    return Mutation.delete(List.of("event_instants", id), List.of(), delete.bind(Blobs.of(id)));
  }

  /** Where events are, if they are there. To be called inside a reading. */
  Map<Ulid, Place> places(Collection<Ulid> ids) {
    var places = new HashMap<Ulid, Place>();
    ids.forEach(id -> places.put(id, Place.of(id)));
    var readings = new ArrayList<Supplier<List<Place>>>();
    for (var some : Bounds.parts(List.copyOf(places.keySet()), IDS_MAX)) {
      readings.add(() -> read(some));
    }
    reads.together(readings).forEach(some -> some.forEach(place -> places.put(place.id(), place)));
    return places;
  }

  private List<Place> read(List<Ulid> ids) {
    var places = new ArrayList<Place>();
    for (var row : reads.rows(select.bind(ids.stream().map(Blobs::of).toList()))) {
      places.add(new Place(row.getLong(1), Blobs.ulid(row, 0)));
    }
    return places;
  }
}
