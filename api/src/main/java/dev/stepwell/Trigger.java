package dev.stepwell;

import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What starts a run. One event starts at most one run of a function, however many triggers fit. */
public sealed interface Trigger<E extends Record> {

  /**
   * An event whose name fits, and which meets all conditions.
   *
   * @param pattern an event name, or a pattern as {@link EventNames} describes it
   * @param conditions at most 10, each about another component
   */
  record OnEvent<E extends Record>(String pattern, List<Condition> conditions)
      implements Trigger<E> {

    private static final int MAX_CONDITIONS = 10;

    /**
     * Checks the pattern and the conditions.
     *
     * @throws IllegalArgumentException if the pattern is malformed or reserved, or the conditions
     *     are too many or two of them are about the same component
     */
    public OnEvent {
      EventNames.requirePattern(pattern);
      conditions = List.copyOf(conditions);
      if (conditions.size() > MAX_CONDITIONS) {
        throw new IllegalArgumentException(
            "a trigger has at most " + MAX_CONDITIONS + " conditions, not " + conditions.size());
      }
      var paths = new HashSet<String>();
      for (var condition : conditions) {
        if (!paths.add(condition.path())) {
          throw new IllegalArgumentException("two conditions on " + condition.path());
        }
      }
    }

    /** This, narrowed by one more condition. */
    OnEvent<E> and(Condition condition) {
      return new OnEvent<>(
          pattern, Stream.concat(conditions.stream(), Stream.of(condition)).toList());
    }
  }

  /**
   * Every minute that a cron expression names.
   *
   * @param expression five fields: minute, hour, day of month, month, day of week; at most 255
   *     characters. The engine checks the rest when it starts
   * @param zone where the clock hangs that the expression speaks of
   */
  record OnCron(String expression, ZoneId zone) implements Trigger<FunctionSpec.Tick> {

    private static final int MAX_CHARS = 255;

    /**
     * Checks the length, not the syntax.
     *
     * @throws IllegalArgumentException if {@code expression} is blank or too long
     */
    public OnCron {
      Objects.requireNonNull(zone);
      if (expression.isBlank() || expression.length() > MAX_CHARS) {
        throw new IllegalArgumentException("malformed cron expression: '" + expression + "'");
      }
    }
  }
}
