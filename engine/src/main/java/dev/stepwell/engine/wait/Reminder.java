package dev.stepwell.engine.wait;

import dev.stepwell.engine.port.Time;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One alarm at a time, for one purpose. A ring that comes although it was cancelled must not harm.
 */
final class Reminder {

  private final Time time;
  private final Runnable ring;
  private @Nullable Instant at;
  private Time.@Nullable Alarm alarm;

  /**
   * Nothing is set yet.
   *
   * @param ring tells the actor; the actor then calls {@link #rang}
   */
  Reminder(Time time, Runnable ring) {
    this.time = time;
    this.ring = ring;
  }

  /** Rings at {@code instant}, or sooner if that had been asked for. */
  void by(Instant instant) {
    if (at != null && !instant.isBefore(at)) {
      return;
    }
    cancel();
    at = instant;
    alarm = time.at(instant, ring);
  }

  void rang() {
    at = null;
    alarm = null;
  }

  void cancel() {
    if (alarm != null) {
      alarm.cancel();
    }
    rang();
  }
}
