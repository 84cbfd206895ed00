package dev.stepwell.engine.run;

import dev.stepwell.engine.port.Time;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The short pauses of one run, which it waits for in memory; one clock rings for the earliest. */
final class RunAlarms {

  private final Time time;
  private final Runnable ring;
  private final Map<String, Long> byStep = new HashMap<>();
  private Time.@Nullable Alarm clock;
  private long clockSetTo = Long.MAX_VALUE;

  RunAlarms(Time time, Runnable ring) {
    this.time = time;
    this.ring = ring;
  }

  void set(String step, long dueAtMillis) {
    byStep.put(step, dueAtMillis);
  }

  /** Whether there was an alarm for the step. */
  boolean remove(String step) {
    return byStep.remove(step) != null;
  }

  boolean isEmpty() {
    return byStep.isEmpty();
  }

  /** The clock has rung: takes out the steps whose alarms are due. */
  List<String> takeDue(long nowMillis) {
    clock = null;
    clockSetTo = Long.MAX_VALUE;
    var due =
        byStep.entrySet().stream()
            .filter(alarm -> alarm.getValue() <= nowMillis)
            .map(Map.Entry::getKey)
            .toList();
    due.forEach(byStep::remove);
    return due;
  }

  /**
   * Winds the clock up for the earliest alarm.
   *
   * @param atTheLatest rings then even if no alarm is due; {@link Long#MAX_VALUE} for never
   */
  void wind(long atTheLatest) {
    var at =
        Math.min(
            atTheLatest,
            byStep.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE));
    if (at < clockSetTo) {
      stop();
      clockSetTo = at;
      clock = time.at(Instant.ofEpochMilli(at), ring);
    }
  }

  void clear() {
    byStep.clear();
    stop();
  }

  private void stop() {
    if (clock != null) {
      clock.cancel();
      clock = null;
    }
    clockSetTo = Long.MAX_VALUE;
  }
}
