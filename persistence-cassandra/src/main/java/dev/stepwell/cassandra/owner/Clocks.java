package dev.stepwell.cassandra.owner;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clocks of a process.
 *
 * @param nanos goes on evenly, also while the process is stopped; begins anywhere
 * @param wall what people call the time
 */
public record Clocks(LongSupplier nanos, InstantSource wall) {

  /** Those of the machine. */
  public static Clocks system() {
    return new Clocks(System::nanoTime, InstantSource.system());
  }
}
