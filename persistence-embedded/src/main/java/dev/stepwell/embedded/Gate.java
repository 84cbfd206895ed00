package dev.stepwell.embedded;

import java.util.concurrent.locks.StampedLock;

/**
 * Lets readers in until it is closed, and is closed when the last has left: a reader inside a
 * native database that closes would take the process down.
 */
final class Gate {

  private final StampedLock lock = new StampedLock();

  /**
   * Every entry is followed by {@link #leave}.
   *
   * @throws IllegalStateException once the gate is closed
   */
  long enter() {
    var stamp = lock.tryReadLock();
    if (stamp == 0) {
      throw closed();
    }
    return stamp;
  }

  void leave(long stamp) {
    lock.unlockRead(stamp);
  }

  /** Waits for all inside. To be called once. */
  void close() {
    lock.writeLock();
  }

  static IllegalStateException closed() {
    return new IllegalStateException("the store is closed");
  }
}
