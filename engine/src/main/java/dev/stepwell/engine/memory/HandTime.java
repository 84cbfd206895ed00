package dev.stepwell.engine.memory;

import dev.stepwell.engine.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A clock that stands still until it is turned. Alarms ring on the thread that turns it, in order
 * of their instants, and those of one instant in the order in which they were set.
 */
public final class HandTime implements Time {

  private record Place(Instant at, long number) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      var byInstant = at.compareTo(other.at);
      return byInstant != 0 ? byInstant : Long.compare(number, other.number);
    }
  }

  private final TreeMap<Place, Runnable> alarms = new TreeMap<>();
  private Instant now;
  private long set;
  private int rings;

  public HandTime(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public Alarm at(Instant at, Runnable ring) {
    synchronized (this) {
      if (at.isAfter(now)) {
        var place = new Place(at, set++);
        alarms.put(place, ring);
        return () -> cancel(place);
      }
      rings++;
    }
    ring.run();
    return () -> {};
  }

  private synchronized void cancel(Place place) {
    alarms.remove(place);
  }

  /** Turns the clock on, with a stop at each alarm that is set. */
  public void advance(Duration by) {
    var until = instant().plus(by);
    while (ringNext(until)) {
      // Each ring may set further alarms.
    }
  }

  /**
   * Turns the clock to the next alarm and rings it; to {@code until} if none is set up to there.
   *
   * @return whether one rang
   */
  public boolean ringNext(Instant until) {
    var next = takeNext(until);
    next.ifPresent(Runnable::run);
    return next.isPresent();
  }

  private synchronized Optional<Runnable> takeNext(Instant until) {
    var next = alarms.isEmpty() ? null : alarms.firstEntry();
    if (next == null || next.getKey().at().isAfter(until)) {
      now = until.isAfter(now) ? until : now;
      return Optional.empty();
    }
    alarms.remove(next.getKey());
    now = next.getKey().at();
    rings++;
    return Optional.of(next.getValue());
  }

  /** How many alarms are set. */
  public synchronized int alarms() {
    return alarms.size();
  }

  /** When the next alarm rings. */
  public synchronized Optional<Instant> nextAlarm() {
    return alarms.isEmpty() ? Optional.empty() : Optional.of(alarms.firstKey().at());
  }

  public synchronized boolean hasAlarmUntil(Instant until) {
    return !alarms.isEmpty() && !alarms.firstKey().at().isAfter(until);
  }

  /** How many alarms have rung. */
  public synchronized int rings() {
    return rings;
  }
}
