package dev.stepwell.engine.port;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock, which never goes backward, and alarms set by it. Everything in the engine that waits
 * for an instant waits here, so that a test can turn the clock by hand.
 */
public interface Time extends InstantSource {

  /** An alarm that was set. */
  interface Alarm {
    /** Rings no more; harmless when it has rung. */
    void cancel();
  }

  /**
   * Rings once, when {@link #instant()} has reached {@code at}, never before.
   *
   * @param ring must not block: it tells an actor something
   */
  Alarm at(Instant at, Runnable ring);
}
