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
 * @param remote where its code is called; empty if it is Java code on nodes
 */
public record Definition(
    String id, List<Start> starts, int retries, Optional<Limit> limit, Optional<Remote> remote) {

  public Definition {
    starts = List.copyOf(starts);
  }

  /** A function whose code is on nodes. */
  public Definition(String id, List<Start> starts, int retries, Optional<Limit> limit) {
    this(id, starts, retries, limit, Optional.empty());
  }

  /** The same, but nothing starts it any more. */
  Definition withoutStarts() {
    return new Definition(id, List.of(), retries, limit, remote);
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

    /**
     * An event of which an expression holds.
     *
     * @param pattern as of {@link OnEvent}
     * @param expression a text that {@link dev.stepwell.engine.expression.Expression} compiles
     */
    record OnExpression(String pattern, String expression) implements Start {}

    /** A schedule, as {@link dev.stepwell.engine.cron.CronSchedule} writes it. */
    record OnCron(String schedule) implements Start {}
  }

  /**
   * How many steps may execute at once.
   *
   * @param key what has limits of its own; without one there is one limit for all
   */
  public record Limit(int limit, Optional<LimitKey> key) {}

  /** Tells runs apart by their events. */
  public sealed interface LimitKey {

    /** By the value at a path of the event, such as {@code data.customer}. */
    record Path(String path) implements LimitKey {}

    /** By the value of an expression. */
    record Valued(String expression) implements LimitKey {}
  }

  /**
   * A function's code in an app.
   *
   * @param name for people
   * @param url where it is called, with the query that names function and step
   */
  public record Remote(String name, String url) {}
}
