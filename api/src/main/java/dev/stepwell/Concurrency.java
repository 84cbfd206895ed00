package dev.stepwell;

import java.util.Optional;

/**
 * How many runs of one function may execute at the same time. A run that sleeps, waits or pauses
 * before its next try holds no place; the others queue, oldest first, and none is lost.
 *
 * @param limit 1 to 100,000
 * @param key if given, the limit holds for each value of this component by itself
 */
public record Concurrency<E extends Record>(int limit, Optional<Steps.Component<E, ?>> key) {

  private static final int MAX_LIMIT = 100_000;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if {@code limit} is out of bounds, or {@code key} is not the
   *     accessor of a record
   */
  public Concurrency {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "a concurrency limit is 1 to " + MAX_LIMIT + ", was " + limit);
    }
    key.ifPresent(Condition::pathOf);
  }

  /** Where in an event the key is: {@code data.} and the name of the component. */
  public Optional<String> keyPath() {
    return key.map(Condition::pathOf);
  }
}
