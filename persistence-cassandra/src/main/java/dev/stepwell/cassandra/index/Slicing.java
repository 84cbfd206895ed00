package dev.stepwell.cassandra.index;

import java.time.Duration;

/**
 * How a list is cut: into slices of equal length, each of which is a partition of its table. A
 * slice is known by the instant at which it begins.
 */
enum Slicing {
  /** What the whole cluster writes to. Ten seconds of 5,000 a second are 20 MB of events. */
  BUSY(Duration.ofSeconds(10)),

  /** Timers, of which each partition has a list of its own. */
  TIMERS(Duration.ofMinutes(1)),

  /** Values by which events are waited for: most are seen once. */
  SPARSE(Duration.ofHours(1));

  private final long lengthMillis;

  Slicing(Duration length) {
    lengthMillis = length.toMillis();
  }

  long lengthMillis() {
    return lengthMillis;
  }

  /** The slice in which an instant is. */
  long of(long millis) {
    return Math.floorDiv(millis, lengthMillis) * lengthMillis;
  }
}
