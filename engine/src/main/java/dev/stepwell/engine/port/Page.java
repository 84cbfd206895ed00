package dev.stepwell.engine.port;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param next where the list goes on: hand it in to get the following page; empty at the end. Stays
 *     valid while rows come and go
 */
public record Page<T>(List<T> items, Optional<String> next) {

  public static final int LIMIT_MAX = 1_000;

  /**
   * A page out of what was found.
   *
   * @param found one more row than {@code limit} if the list goes on
   * @param cursor where the list goes on after a row
   */
  public static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
    if (found.size() <= limit) {
      return new Page<>(List.copyOf(found), Optional.empty());
    }
    var items = List.copyOf(found.subList(0, limit));
    return new Page<>(items, Optional.of(cursor.apply(items.getLast())));
  }

  /**
   * Checks how many items a query asks for.
   *
   * @return {@code limit}
   * @throws IllegalArgumentException if it is not 1 to {@link #LIMIT_MAX}
   */
  public static int checkLimit(int limit) {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException("limit must be 1 to " + LIMIT_MAX + ", was " + limit);
    }
    return limit;
  }
}
