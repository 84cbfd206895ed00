package dev.stepwell.embedded;

import dev.stepwell.engine.port.StoreOverloadedException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What the store has refused to take on. Says so at most every five seconds, however often. */
final class Overload {

  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Consumer<String> say;
  private final LongSupplier nanoTime;
  private long refused;
  private long silentUntil;

  /**
   * Nothing is refused yet.
   *
   * @param say writes a sentence to the log
   * @param nanoTime a clock such as {@link System#nanoTime}
   */
  Overload(Consumer<String> say, LongSupplier nanoTime) {
    this.say = say;
    this.nanoTime = nanoTime;
    silentUntil = nanoTime.getAsLong();
  }

  /**
   * Refuses a call.
   *
   * @param why half a sentence, with figures
   * @return for the caller
   */
  synchronized StoreOverloadedException refuse(String why) {
    refused++;
    var now = nanoTime.getAsLong();
    if (now - silentUntil >= 0) {
      silentUntil = now + SILENT_NANOS;
      say.accept("The store is overloaded: " + why + "; calls refused so far: " + refused);
    }
    return new StoreOverloadedException(why);
  }
}
