package dev.stepwell.engine.run;

import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.run.RunState.Active;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run's start, which waits a moment for what its code does first, so that one write holds both.
 * Until then the run's event is its source's to keep, as it is until a run has settled; should both
 * be lost with this node, the event starts the run again.
 */
final class RunBeginning {

  /** Code that takes longer gets its start stored meanwhile. */
  private static final long WAIT_MILLIS = 5;

  /**
   * A start that is not stored yet.
   *
   * @param state with the facts applied
   */
  record Held(List<RunFact> facts, Active state) {}

  private final Time time;
  private final Runnable overdue;
  private @Nullable Held held;
  private Time.@Nullable Alarm alarm;

  /**
   * @param overdue runs once a start has waited long enough; any message will do
   */
  RunBeginning(Time time, Runnable overdue) {
    this.time = time;
    this.overdue = overdue;
  }

  void hold(Held start) {
    held = start;
    alarm = time.at(Instant.ofEpochMilli(time.millis() + WAIT_MILLIS), overdue);
  }

  /** The start to be stored now, by whoever asks; null if there is none. */
  @Nullable Held take() {
    var taken = held;
    if (taken != null) {
      clear();
    }
    return taken;
  }

  void clear() {
    held = null;
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }
}
