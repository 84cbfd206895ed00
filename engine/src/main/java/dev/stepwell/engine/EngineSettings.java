package dev.stepwell.engine;

import com.typesafe.config.Config;
import dev.stepwell.engine.flow.SlotTimes;
import java.time.Duration;

/**
 * How the engine is to behave; each is a key of {@code stepwell.engine} in {@code reference.conf}.
 *
 * @param app under what name this node's Java functions are registered
 * @param partitions of event logs, timers, waits, and shards of runs; the same for ever
 * @param shortPause up to here a pause is waited for in memory, its thread parked
 * @param retryPause a constant pause between attempts; zero for the usual table
 * @param stepsMax of a run
 * @param backlogMaxBytes of unsettled events in one partition of the event log, as they are kept in
 *     memory
 * @param clockSkewMax how far the clocks of two nodes may be apart
 * @param slotLease how long a concurrency slot outlives its silent holder
 * @param retention how long ended runs and their events are kept; events for a day at least
 */
public record EngineSettings(
    String app,
    int partitions,
    Duration shortPause,
    Duration retryPause,
    int stepsMax,
    long backlogMaxBytes,
    Duration clockSkewMax,
    Duration slotLease,
    Duration retention) {

  public EngineSettings {
    if (clockSkewMax.isNegative()) {
      throw new IllegalArgumentException(
          "clock-skew-max must not be negative, was " + clockSkewMax);
    }
    if (!retention.isPositive()) {
      throw new IllegalArgumentException("retention must be longer than nothing, was " + retention);
    }
  }

  /**
   * How long concurrency slots take: lent out anew after a lease, remembered for a while longer.
   */
  SlotTimes slotTimes() {
    var idle = SlotTimes.DEFAULT.idle();
    return new SlotTimes(slotLease, idle.compareTo(slotLease) < 0 ? slotLease : idle);
  }

  /** Reads {@code stepwell.engine}. */
  public static EngineSettings of(Config config) {
    var engine = config.getConfig("stepwell.engine");
    return new EngineSettings(
        engine.getString("app"),
        engine.getInt("partitions"),
        engine.getDuration("short-pause"),
        engine.getDuration("retry-pause"),
        engine.getInt("steps-max"),
        engine.getBytes("backlog-max"),
        engine.getDuration("clock-skew-max"),
        engine.getDuration("slot-lease"),
        engine.getDuration("retention"));
  }
}
