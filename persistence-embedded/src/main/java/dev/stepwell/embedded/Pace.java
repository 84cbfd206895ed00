package dev.stepwell.embedded;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How the writer waits. A moment awake, because waking a thread costs as much as a good part of a
 * sync; then asleep. And when many write at once, a moment longer before the next sync, so that
 * fewer of them carry more.
 */
final class Pace {

  private static final long AWAKE_NANOS = Long.getLong("awake", 20) * 1000;
  private static final long BETWEEN_SYNCS_NANOS = Long.getLong("gather", 500) * 1000;
  private static final int CROWD = Integer.getInteger("crowd", 32);

  private volatile boolean asleep;
  private long startedAtNanos;
  private int lastWrites;

  /** Called by whoever has just handed a write to the writer. */
  void arrived(Thread writer) {
    if (asleep) {
      LockSupport.unpark(writer);
    }
  }

  /** Called by the writer; returns when there is work, or for no reason. */
  void await(BooleanSupplier work) {
    var from = System.nanoTime();
    while (System.nanoTime() - from < AWAKE_NANOS) {
      if (work.getAsBoolean()) {
        return;
      }
      Thread.onSpinWait();
    }
    asleep = true;
    if (!work.getAsBoolean()) {
      LockSupport.park(this);
    }
    asleep = false;
    // An interrupt is for nobody here, and would keep park from waiting ever again.
    Thread.interrupted();
  }

  /** Called by the writer when there is work, before it takes it. */
  void gather() {
    if (lastWrites >= CROWD) {
      lastWrites = 0;
      var remaining = startedAtNanos + BETWEEN_SYNCS_NANOS - System.nanoTime();
      if (remaining > 0) {
        LockSupport.parkNanos(this, remaining);
      }
    }
  }

  /** Called by the writer before a sync that carries {@code writes}. */
  void syncing(int writes) {
    lastWrites = writes;
    startedAtNanos = System.nanoTime();
  }
}
