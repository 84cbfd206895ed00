package dev.stepwell.embedded;

import dev.stepwell.engine.port.StoreOverloadedException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that wait for an index to take them, and refuses those that are too many. */
final class Budget {

  private final long limitBytes;
  private final Overload overload;
  private final AtomicLong taken = new AtomicLong();

  Budget(long limitBytes, Overload overload) {
    this.limitBytes = limitBytes;
    this.overload = overload;
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
      throw overload.refuse(before + " bytes wait for an index, which has room for " + limitBytes);
    }
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  long taken() {
    return taken.get();
  }
}
