package dev.stepwell.cassandra.index;

import dev.stepwell.cassandra.cql.Reads;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads one slice after the other until enough was found; several at once if each has little. To be
 * used inside a reading.
 */
final class SliceWalk {

  private static final int AT_ONCE_MAX = 16;
  private static final int PAGE_MIN = 16;
  private static final int PAGE_MAX = 1_000;

  /** Reads a slice, in the order of the walk. */
  interface SliceReader<T> {
    List<T> read(Slice slice, int limit);
  }

  /**
   * What is at a place.
   *
   * @param item empty if it is not wanted
   */
  record Found<T>(Place place, Optional<T> item) {}

  /** Reads a part of a slice, in the order of the walk, wanted or not. */
  interface PlaceReader<T> {
    List<Found<T>> read(Slice slice, Range range, int limit);
  }

  private SliceWalk() {}

  /** What is found in the slices, {@code limit} at most. */
  static <T> List<T> collect(
      Reads reads, Iterator<Slice> slices, int limit, SliceReader<T> reader) {
    var found = new ArrayList<T>();
    var atOnce = 1;
    while (found.size() < limit && slices.hasNext()) {
      var missing = limit - found.size();
      var readings = new ArrayList<Supplier<List<T>>>(atOnce);
      while (readings.size() < atOnce && slices.hasNext()) {
        var slice = slices.next();
        readings.add(() -> reader.read(slice, missing));
      }
      for (var part : reads.together(readings)) {
        found.addAll(part.subList(0, Math.min(part.size(), limit - found.size())));
      }
      atOnce = Math.min(AT_ONCE_MAX, 2 * atOnce);
    }
    return found;
  }

  /** The wanted of a slice, {@code limit} or somewhat more. */
  static <T> List<T> wanted(
      Slice slice, Range range, boolean up, int limit, PlaceReader<T> reader) {
    var wanted = new ArrayList<T>();
    var rest = range;
    while (true) {
      var size = Math.clamp((long) limit - wanted.size(), PAGE_MIN, PAGE_MAX);
      var page = reader.read(slice, rest, size);
      page.forEach(found -> found.item().ifPresent(wanted::add));
      if (page.size() < size || wanted.size() >= limit) {
        return wanted;
      }
      var last = page.getLast().place();
      rest = up ? rest.behind(last) : rest.before(last);
    }
  }
}
