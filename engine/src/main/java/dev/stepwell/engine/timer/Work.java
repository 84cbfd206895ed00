package dev.stepwell.engine.timer;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One call to the store.
 *
 * @param <R> who is told that a timer is stored
 */
sealed interface Work<R> {

  record Put<R>(Map<Timer, Set<R>> timers) implements Work<R> {}

  record Delete<R>(List<Timer> timers) implements Work<R> {}

  /** Reads timers due from {@code fromMillis} (included) to {@code untilMillis} (excluded). */
  record Load<R>(long fromMillis, long untilMillis, int limit) implements Work<R> {}

  /** Asks when the first timer at or after {@code fromMillis} is due. */
  record Look<R>(long fromMillis) implements Work<R> {}
}
