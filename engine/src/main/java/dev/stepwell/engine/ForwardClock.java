package dev.stepwell.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The wall clock, but never backward; in whole milliseconds, from any thread.
 *
 * <p>Forward it follows the wall clock at once, by however much: after a machine has slept, what
 * became due meanwhile is due.
 *
 * <p>When the wall clock is set back, this one goes on from where it was, by the machine's
 * monotonic clock and a twentieth slower, until the two agree again: it makes up for a minute in
 * twenty minutes. So nothing stops, no pause ends before its time, and each takes a nineteenth
 * longer at most; slots' leases allow for more. Only what was set for an instant of the day, such
 * as a cron tick, may come before the wall clock shows that instant, by as much as is not made up
 * for yet. To stand still instead would be worse: every sleep, retry and repeat would stand still
 * as well.
 */
final class ForwardClock implements InstantSource {

  /** What a millisecond of this clock takes while it is ahead, rounded up. */
  private static final long SLOW_MILLI_NANOS = 1_000_000L * 20 / 19 + 1;

  /**
   * What this clock has shown last.
   *
   * @param nanos when that was, by the monotonic clock
   */
  private record Mark(long millis, long nanos) {

    Mark at(long wallMillis, long nowNanos) {
      var slow = millis + (nowNanos - nanos) / SLOW_MILLI_NANOS;
      if (wallMillis > millis && wallMillis >= slow) {
        return new Mark(wallMillis, nowNanos);
      }
      // What is left of a millisecond counts for the next: being asked often makes it no slower.
      return slow > millis ? new Mark(slow, nanos + (slow - millis) * SLOW_MILLI_NANOS) : this;
    }
  }

  private final InstantSource wall;
  private final LongSupplier monotonicNanos;
  private final AtomicReference<Mark> last;

  ForwardClock(InstantSource wall, LongSupplier monotonicNanos) {
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    this.last = new AtomicReference<>(new Mark(wall.millis(), monotonicNanos.getAsLong()));
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public long millis() {
    var wallMillis = wall.millis();
    var nowNanos = monotonicNanos.getAsLong();
    while (true) {
      var before = last.get();
      var now = before.at(wallMillis, nowNanos);
      if (now.equals(before) || last.compareAndSet(before, now)) {
        return now.millis();
      }
    }
  }
}
