package dev.stepwell.cassandra.owner;

import java.time.Duration;

/**
 * Until when a process may trust its own lease. Counted from before a renewal was sent: nobody can
 * have seen the renewal earlier than that, so nobody can miss the next one sooner. Safe for use by
 * many threads.
 */
final class Validity {

  private final long trustNanos;
  private volatile long renewedNanos;
  private volatile boolean over;

  /**
   * A lease that has just been made.
   *
   * @param sentNanos when that was asked for
   */
  Validity(Duration lifetime, Duration margin, long sentNanos) {
    trustNanos = lifetime.minus(margin).toNanos();
    renewedNanos = sentNanos;
  }

  /** A renewal that was sent at that moment has been confirmed. They are confirmed in order. */
  void renewed(long sentNanos) {
    renewedNanos = sentNanos;
  }

  /** The lease is gone, and does not come back. */
  void end() {
    over = true;
  }

  boolean holds(long nowNanos) {
    return !over && nowNanos - renewedNanos < trustNanos;
  }
}
