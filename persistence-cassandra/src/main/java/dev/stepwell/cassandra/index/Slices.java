package dev.stepwell.cassandra.index;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.cql.Reads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Which slices of which lists have something in them, so that nobody looks into the empty ones:
 * slices by list and day, days by list. A timer a year ahead is found with three small reads.
 *
 * <p>{@link SliceNotes} writes them, anew every ten minutes while a slice is written to. A slice
 * that is found empty is forgotten as of some minutes more ago: whoever still relies on an earlier
 * note wrote so long ago that it would have been found.
 */
final class Slices {

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /**
   * What was noted less long ago is not forgotten. By how much this is longer than a note may be
   * relied on, clocks may differ, and a write may be on its way.
   */
  private static final Duration KEPT = Duration.ofMinutes(12);

  private static final int PAGE = 500;

  private final Reads reads;
  private final InstantSource clock;
  private final Later later;
  private final PreparedStatement slicesUp;
  private final PreparedStatement slicesDown;
  private final PreparedStatement daysUp;
  private final PreparedStatement daysDown;
  private final PreparedStatement forgetSlice;
  private final PreparedStatement forgetDay;

  Slices(Cql cql, Reads reads, Later later, InstantSource clock) {
    this.reads = reads;
    this.later = later;
    this.clock = clock;
    var slices =
        "SELECT slice, noted FROM slices WHERE list = ? AND day = ? AND slice >= ? AND slice < ? ORDER BY slice ";
    slicesUp = cql.prepareIdempotent(slices + "ASC");
    slicesDown = cql.prepareIdempotent(slices + "DESC");
    var days =
        "SELECT day, noted FROM slice_days WHERE list = ? AND day >= ? AND day < ? ORDER BY day ";
    daysUp = cql.prepareIdempotent(days + "ASC");
    daysDown = cql.prepareIdempotent(days + "DESC");
    forgetSlice =
        cql.prepareIdempotent(
            "DELETE FROM slices USING TIMESTAMP ? WHERE list = ? AND day = ? AND slice = ?");
    forgetDay =
        cql.prepareIdempotent(
            "DELETE FROM slice_days USING TIMESTAMP ? WHERE list = ? AND day = ?");
  }

  /** The day in which an instant is, as the instant at which it begins. */
  static long day(long millis) {
    return Math.floorDiv(millis, DAY_MILLIS) * DAY_MILLIS;
  }

  /** The slices that a range has a part of, the oldest first. To be used inside a reading. */
  Iterator<Slice> ascending(SliceList list, Range range) {
    return new Walk(list, range, daysUp, slicesUp);
  }

  /** The slices that a range has a part of, the newest first. To be used inside a reading. */
  Iterator<Slice> descending(SliceList list, Range range) {
    return new Walk(list, range, daysDown, slicesDown);
  }

  /**
   * Nothing was found in a slice: it will be looked at, and forgotten if that is so.
   *
   * @param isEmpty reads it, inside a reading
   */
  void foundEmpty(SliceList list, Slice slice, BooleanSupplier isEmpty) {
    if (isForgettable(slice.notedMillis())) {
      later.add(
          new SliceKey(list, slice.from()),
          Duration.ZERO,
          () -> forgetIf(isEmpty, list, slice.from()));
    }
  }

  /**
   * Something was deleted from a slice, perhaps the last that there was.
   *
   * @param isEmpty reads it, inside a reading
   */
  void deletedFrom(SliceList list, long slice, BooleanSupplier isEmpty) {
    later.add(new SliceKey(list, slice), KEPT, () -> forgetIf(isEmpty, list, slice));
  }

  private void forgetIf(BooleanSupplier isEmpty, SliceList list, long slice) {
    var asOf = asOf();
    if (isEmpty.getAsBoolean()) {
      var day = day(slice);
      reads.send(forgetSlice.bind(asOf, list.name(), day, slice));
      forgetDayIfEmpty(list, day);
    }
  }

  private void forgetDayIfEmpty(SliceList list, long day) {
    var asOf = asOf();
    var all = slicesUp.bind(list.name(), day, day, day + DAY_MILLIS).setPageSize(1);
    if (!reads.rows(all).iterator().hasNext()) {
      reads.send(forgetDay.bind(asOf, list.name(), day));
    }
  }

  private boolean isForgettable(long notedMillis) {
    return notedMillis < clock.millis() - KEPT.toMillis();
  }

  /** As of when something is forgotten now, in microseconds. */
  private long asOf() {
    return TimeUnit.MILLISECONDS.toMicros(clock.millis() - KEPT.toMillis());
  }

  /**
   * Does something before long.
   *
   * @param key by which it is known not to do it twice
   * @param what is handed as of when it may delete, in microseconds, and happens inside a reading
   */
  void later(Object key, LongConsumer what) {
    later.add(key, Duration.ZERO, () -> what.accept(asOf()));
  }

  private record SliceKey(SliceList list, long slice) {}

  private record DayKey(SliceList list, long day) {}

  /** Day after day, and the slices of each. */
  private final class Walk implements Iterator<Slice> {

    private final SliceList list;
    private final PreparedStatement slicesOfDay;
    private final long from;
    private final long until;
    private final Iterator<Row> days;
    private Iterator<Row> slices = Collections.emptyIterator();

    Walk(SliceList list, Range range, PreparedStatement days, PreparedStatement slicesOfDay) {
      this.list = list;
      this.slicesOfDay = slicesOfDay;
      from = list.slicing().of(range.from().millis());
      until = range.isEmpty() ? from : range.lastMillis() + 1;
      this.days =
          range.isEmpty()
              ? Collections.emptyIterator()
              : reads.rows(days.bind(list.name(), day(from), until).setPageSize(PAGE)).iterator();
    }

    @Override
    public boolean hasNext() {
      while (!slices.hasNext() && days.hasNext()) {
        enter(days.next());
      }
      return slices.hasNext();
    }

    private void enter(Row row) {
      var day = row.getLong(0);
      var statement = slicesOfDay.bind(list.name(), day, from, until).setPageSize(PAGE);
      slices = reads.rows(statement).iterator();
      var whole = from <= day && day + DAY_MILLIS <= until;
      if (whole && !slices.hasNext() && isForgettable(row.getLong(1))) {
        later.add(new DayKey(list, day), Duration.ZERO, () -> forgetDayIfEmpty(list, day));
      }
    }

    @Override
    public Slice next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      var row = slices.next();
      return new Slice(row.getLong(0), row.getLong(1));
    }
  }
}
