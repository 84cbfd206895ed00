package dev.stepwell.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.Cancellable;

/** A machine's two clocks and what waits for them, in the hands of a test. */
final class FakeClocks implements InstantSource, SystemTime.Delays {

  // As a real one may, it overflows soon.
  private static final long NANOS_AT_FIRST = Long.MAX_VALUE - 1_000_000_000;

  private record Delay(long atNanos, Runnable run) {}

  private final List<Delay> delays = new ArrayList<>();
  private Instant wall;
  private long elapsedNanos;

  FakeClocks(Instant wall) {
    this.wall = wall;
  }

  @Override
  public synchronized Instant instant() {
    return wall;
  }

  synchronized long nanos() {
    return NANOS_AT_FIRST + elapsedNanos;
  }

  @Override
  public synchronized Cancellable after(Duration pause, Runnable run) {
    var delay = new Delay(elapsedNanos + pause.toNanos(), run);
    delays.add(delay);
    return new Cancellable() {
      private boolean cancelled;

      @Override
      public boolean cancel() {
        cancelled = remove(delay);
        return cancelled;
      }

      @Override
      public boolean isCancelled() {
        return cancelled;
      }
    };
  }

  /** Time goes by. */
  void pass(Duration by) {
    var until = elapsedNanos + by.toNanos();
    for (var next = takeNext(until); next.isPresent(); next = takeNext(until)) {
      next.get().run().run();
    }
  }

  /** Somebody sets the wall clock. */
  synchronized void jump(Duration by) {
    wall = wall.plus(by);
  }

  private synchronized boolean remove(Delay delay) {
    return delays.remove(delay);
  }

  private synchronized Optional<Delay> takeNext(long untilNanos) {
    var next =
        delays.stream()
            .filter(delay -> delay.atNanos() <= untilNanos)
            .min(Comparator.comparingLong(Delay::atNanos));
    var at = next.map(Delay::atNanos).orElse(untilNanos);
    wall = wall.plusNanos(at - elapsedNanos);
    elapsedNanos = at;
    next.ifPresent(delays::remove);
    return next;
  }
}
