package dev.stepwell.engine.function;

import dev.stepwell.engine.port.EventIndex.Match;
import java.util.List;
import java.util.Optional;

/**
 * What all nodes must know of a function; its code may be elsewhere.
 *
 * @param id unique in the cluster
 * @param starts what starts a run
 * @param retries of each step, and of each piece of the function's own code; 0 to 20
 */
public record Definition(String id, List<Start> starts, int retries, Optional<Limit> limit) {

  public Definition {
    starts = List.copyOf(starts);
  }

  /** What starts a run. */
  public sealed interface Start {

    /**
     * An event.
     *
     * @param pattern a name, or the beginning of names with a {@code *} behind its last {@code /}
     *     or {@code .}
     * @param conditions on the event's data; all must hold
     */
    record OnEvent(String pattern, List<Match> conditions) implements Start {
      public OnEvent {
        conditions = List.copyOf(conditions);
      }
    }

    /** A schedule, as {@link dev.stepwell.engine.cron.CronSchedule} writes it. */
    record OnCron(String schedule) implements Start {}
  }

  /**
   * How many steps may execute at once.
   *
   * @param keyPath each value at this path of the event has its own limit
   */
  public record Limit(int limit, Optional<String> keyPath) {}
}
