package dev.stepwell.engine.timer;

import dev.stepwell.engine.port.Time;
import java.time.Instant;

/**
 * At most one alarm, for what is due next: how an actor waits without ticking. For the use of one
 * actor. May ring once more than was asked for; never too late.
 */
public final class NextAlarm {

  private final Time time;
  private final Runnable ring;
  private Instant setFor = Instant.MAX;
  private Time.Alarm alarm = () -> {};

  /**
   * Nothing is set yet.
   *
   * @param ring only tells the actor
   */
  public NextAlarm(Time time, Runnable ring) {
    this.time = time;
    this.ring = ring;
  }

  /** Rings at {@code at}, or earlier if it was already set for earlier. */
  public void noLaterThan(Instant at) {
    if (at.isBefore(setFor)) {
      alarm.cancel();
      setFor = at;
      alarm = time.at(at, ring);
    }
  }

  /** To be called whenever the ring has come home. */
  public void rang() {
    // A ring that was on its way when its alarm was cancelled says nothing about the present one.
    if (!time.instant().isBefore(setFor)) {
      cancel();
    }
  }

  public void cancel() {
    alarm.cancel();
    setFor = Instant.MAX;
  }
}
