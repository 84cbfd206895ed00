package dev.stepwell.engine.timer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The part of a partition that is in memory: its stored timers of the next minute, as far as they
 * are few enough. Two instants bound what it knows: every stored timer due before {@link
 * #knownUntilMillis} is here or was delivered, and what is only in the store is due from {@code
 * moreAtMillis} on.
 */
final class Near {

  static final long HORIZON_MILLIS = Duration.ofMinutes(1).toMillis();

  /** Timers are loaded this long before they are due, so that a slow store makes none late. */
  private static final long LEAD_MILLIS = HORIZON_MILLIS / 2;

  private static final long NEVER = Long.MAX_VALUE;

  private record Place(long dueAtMillis, String key) implements Comparable<Place> {
    static Place of(Timer timer) {
      return new Place(timer.dueAtMillis(), timer.target().key());
    }

    @Override
    public int compareTo(Place other) {
      var byInstant = Long.compare(dueAtMillis, other.dueAtMillis);
      return byInstant != 0 ? byInstant : key.compareTo(other.key);
    }
  }

  private final int page;
  private final TreeMap<Place, Timer> timers = new TreeMap<>();
  private long knownUntilMillis;
  private long moreAtMillis;

  /**
   * Knows nothing yet.
   *
   * @param page how many timers are loaded at once, when fewer than half as many are left; of more
   *     than twice as many the latest are dropped
   */
  Near(int page) {
    this.page = page;
  }

  int size() {
    return timers.size();
  }

  boolean contains(Timer timer) {
    return timers.containsKey(Place.of(timer));
  }

  /** Takes in a timer that has just been stored, if it belongs here. */
  void stored(Timer timer) {
    if (timer.dueAtMillis() < knownUntilMillis) {
      timers.put(Place.of(timer), timer);
      dropLatest();
    } else {
      moreAtMillis = Math.min(moreAtMillis, timer.dueAtMillis());
    }
  }

  boolean remove(Timer timer) {
    return timers.remove(Place.of(timer)) != null;
  }

  /** Takes out the first timer if it is due. */
  Optional<Timer> takeDue(long nowMillis) {
    var first = timers.firstEntry();
    if (first == null || first.getKey().dueAtMillis() > nowMillis) {
      return Optional.empty();
    }
    timers.pollFirstEntry();
    return Optional.of(first.getValue());
  }

  /** When the first timer here is due. */
  OptionalLong firstDueAtMillis() {
    return timers.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(timers.firstKey().dueAtMillis());
  }

  /** From where to load. */
  long knownUntilMillis() {
    return knownUntilMillis;
  }

  /** When to load more: empty while there is enough here, or nothing else in the store. */
  OptionalLong loadAtMillis() {
    return timers.size() >= page / 2 || moreAtMillis == NEVER
        ? OptionalLong.empty()
        : OptionalLong.of(moreAtMillis - LEAD_MILLIS);
  }

  /** Takes in loaded timers: all that the store has from where to load up to {@code until}. */
  void loaded(List<Timer> fresh, long untilMillis) {
    fresh.forEach(timer -> timers.put(Place.of(timer), timer));
    knownUntilMillis = untilMillis;
    moreAtMillis = untilMillis;
    dropLatest();
  }

  /** Of the timers from {@code fromMillis} on, the first is due then; empty if there is none. */
  void looked(long fromMillis, OptionalLong dueAtMillis) {
    // Else some before it were dropped meanwhile.
    if (fromMillis == knownUntilMillis) {
      moreAtMillis = dueAtMillis.orElse(NEVER);
    }
  }

  private void dropLatest() {
    while (timers.size() > 2 * page) {
      knownUntilMillis = timers.pollLastEntry().getKey().dueAtMillis();
      moreAtMillis = knownUntilMillis;
    }
  }
}
