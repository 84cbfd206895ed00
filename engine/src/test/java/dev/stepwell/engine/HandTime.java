package dev.stepwell.engine;

import dev.stepwell.engine.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock that stands still until it is turned. Alarms ring on the thread that turns it. */
public final class HandTime implements Time {

  private record Entry(Instant at, Runnable ring) {}

  private final List<Entry> entries = new ArrayList<>();
  private Instant now;
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
    var entry = new Entry(at, ring);
    synchronized (this) {
      if (at.isAfter(now)) {
        entries.add(entry);
        return () -> remove(entry);
      }
      rings++;
    }
    ring.run();
    return () -> {};
  }

  /** Turns the clock on, with a stop at each alarm that is set. */
  public void advance(Duration by) {
    var until = instant().plus(by);
    for (var next = takeNext(until); next.isPresent(); next = takeNext(until)) {
      next.get().ring().run();
    }
  }

  /** How many alarms are set. */
  public synchronized int alarms() {
    return entries.size();
  }

  public synchronized boolean hasAlarmUntil(Instant until) {
    return entries.stream().anyMatch(entry -> !entry.at().isAfter(until));
  }

  /** How many alarms have rung. */
  public synchronized int rings() {
    return rings;
  }

  @SuppressWarnings("ReferenceEquality") // two alarms may be equal
  private synchronized void remove(Entry entry) {
    entries.removeIf(other -> other == entry);
  }

  private synchronized Optional<Entry> takeNext(Instant until) {
    var next =
        entries.stream()
            .filter(entry -> !entry.at().isAfter(until))
            .min(Comparator.comparing(Entry::at));
    now = next.map(Entry::at).orElse(until);
    next.ifPresent(entry -> {
      remove(entry);
      rings++;
    });
    return next;
  }
}
