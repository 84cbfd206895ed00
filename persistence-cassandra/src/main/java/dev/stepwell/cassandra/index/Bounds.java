package dev.stepwell.cassandra.index;

import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** How places are told to Cassandra. */
final class Bounds {

  /** A range of a slice; {@link #values} are its first five values. */
  static final String RANGE = " WHERE slice = ? AND (at, id) >= (?, ?) AND (at, id) < (?, ?)";

  /** Rows that a read without payloads fetches at once. */
  static final int PAGE = 1_000;

  /** Places that a read names at once. */
  static final int PLACES_MAX = 100;

  private static final TupleType PLACE = DataTypes.tupleOf(DataTypes.BIGINT, DataTypes.BLOB);

  private Bounds() {}

  /** The values of {@link #RANGE}. */
  static Object[] values(long slice, Range range) {
    return new Object[] {
      slice,
      range.from().millis(),
      Blobs.of(range.from().id()),
      range.until().millis(),
      Blobs.of(range.until().id())
    };
  }

  static List<TupleValue> tuples(List<Place> places) {
    return places.stream()
        .map(place -> PLACE.newValue(place.millis(), Blobs.of(place.id())))
        .toList();
  }

  /** Places of a slice, as many as a read may name. */
  record Part(long slice, List<Place> places) {}

  /** Places by the slices in which they are, {@code max} of them at once. */
  static List<Part> bySlice(Iterable<Place> places, Slicing slicing, int max) {
    var slices = new TreeMap<Long, List<Place>>();
    for (var place : places) {
      slices.computeIfAbsent(slicing.of(place.millis()), _ -> new ArrayList<>()).add(place);
    }
    var parts = new ArrayList<Part>();
    slices.forEach(
        (slice, all) -> parts(all, max).forEach(some -> parts.add(new Part(slice, some))));
    return parts;
  }

  /** The same things, {@code max} of them at once. */
  static <T> List<List<T>> parts(List<T> all, int max) {
    var parts = new ArrayList<List<T>>();
    for (var i = 0; i < all.size(); i += max) {
      parts.add(all.subList(i, Math.min(all.size(), i + max)));
    }
    return parts;
  }
}
