package dev.stepwell.cassandra.index;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.cql.Mutation;
import dev.stepwell.cassandra.cql.Reads;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists of places at which there are runs or events. An entry is written without a look at what was
 * there before, and may lead to something that says otherwise by now: readers compare.
 */
final class Entries {

  private static final int BYTES = 40;

  /**
   * A place in a list.
   *
   * @param name of the list in its table; more than one may be in the slices of {@code list}
   */
  record Entry(String name, SliceList list, Place place) {
    Entry(SliceList list, Place place) {
      this(list.name(), list, place);
    }

    long slice() {
      return list.slicing().of(place.millis());
    }
  }

  private final Reads reads;
  private final Slices slices;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement forget;
  private final PreparedStatement ascending;
  private final PreparedStatement descending;

  Entries(Cql cql, Reads reads, Slices slices) {
    this.reads = reads;
    this.slices = slices;
    insert =
        cql.prepareIdempotent("INSERT INTO list_entries (slice, at, id, list) VALUES (?, ?, ?, ?)");
    var where = " WHERE slice = ? AND at = ? AND id = ? AND list = ?";
    delete = cql.prepareIdempotent("DELETE FROM list_entries" + where);
    forget = cql.prepareIdempotent("DELETE FROM list_entries USING TIMESTAMP ?" + where);
    var select = "SELECT at, id FROM list_entries" + Bounds.RANGE + " AND list = ? ORDER BY at ";
    ascending = cql.prepareIdempotent(select + "ASC LIMIT ?");
    descending = cql.prepareIdempotent(select + "DESC LIMIT ?");
  }

  Mutation put(Entry entry) {
    var place = entry.place();
    return Mutation.put(
        partition(entry),
        List.of(place),
        insert.bind(entry.slice(), place.millis(), Blobs.of(place.id()), entry.name()),
        BYTES + entry.name().length());
  }

  Mutation delete(Entry entry) {
    var place = entry.place();
    return Mutation.delete(
        partition(entry),
        List.of(place),
        delete.bind(entry.slice(), place.millis(), Blobs.of(place.id()), entry.name()));
  }

  private static List<?> partition(Entry entry) {
    return List.of("list_entries", entry.name(), entry.slice());
  }

  /** An entry was deleted. */
  void deleted(Entry entry) {
    slices.deletedFrom(entry.list(), entry.slice(), () -> isEmpty(entry.list(), entry.slice()));
  }

  /** Deletes before long an entry that leads nowhere, unless it was written just now. */
  void forget(Entry entry) {
    var place = entry.place();
    slices.later(
        entry,
        asOf ->
            reads.send(
                forget.bind(
                    asOf, entry.slice(), place.millis(), Blobs.of(place.id()), entry.name())));
  }

  /** Places of a slice in a range. To be called inside a reading. */
  List<Place> read(SliceList list, Slice slice, Range range, boolean up, int limit) {
    var places = read(list.name(), slice.from(), range, up, limit);
    if (places.isEmpty() && range.contains(slice.from(), list.slicing())) {
      slices.foundEmpty(list, slice, () -> isEmpty(list, slice.from()));
    }
    return places;
  }

  /** The same for a list that shares its slices with others. */
  List<Place> read(String name, long slice, Range range, boolean up, int limit) {
    var statement =
        (up ? ascending : descending)
            .boundStatementBuilder(Bounds.values(slice, range))
            .setString(5, name)
            .setInt(6, limit)
            .setPageSize(Bounds.PAGE)
            .build();
    var places = new ArrayList<Place>();
    for (var row : reads.rows(statement)) {
      places.add(new Place(row.getLong(0), Blobs.ulid(row, 1)));
    }
    return places;
  }

  private boolean isEmpty(SliceList list, long slice) {
    var all = Range.ofMillis(slice, slice + list.slicing().lengthMillis());
    return read(list.name(), slice, all, true, 1).isEmpty();
  }
}
