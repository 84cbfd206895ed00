package dev.stepwell.embedded;

import dev.stepwell.engine.port.StoreOverloadedException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that wait to be written, and refuses those that would be too many. */
final class Budget {

  private final long limitBytes;
  private final AtomicLong taken = new AtomicLong();

  Budget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /**
   * Takes {@code bytes} until they are given back. Something larger than the whole budget is let in
   * alone, or it could never be written.
   *
   * @throws StoreOverloadedException if too many are taken already; then nothing was taken
   */
  void take(long bytes) {
    var before = taken.getAndAdd(bytes);
    if (before > 0 && before + bytes > limitBytes) {
      taken.addAndGet(-bytes);
      throw new StoreOverloadedException(
          "the store has " + before + " bytes waiting for the disk, and takes " + limitBytes);
    }
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
