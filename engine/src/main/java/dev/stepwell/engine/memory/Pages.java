package dev.stepwell.engine.memory;

import dev.stepwell.engine.port.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Cuts pages out of lists. */
final class Pages {

  private static final int LIMIT_MAX = 1_000;

  private Pages() {}

  /**
   * Checks the limit of a query.
   *
   * @throws IllegalArgumentException if it is not 1 to 1,000
   */
  static int limit(int limit) {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException("limit must be 1 to " + LIMIT_MAX + ", was " + limit);
    }
    return limit;
  }

  /**
   * A page.
   *
   * @param found up to one more row than the limit: if there is one more, the list goes on
   */
  static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
    return found.size() <= limit
        ? new Page<>(found, Optional.empty())
        : new Page<>(
            List.copyOf(found.subList(0, limit)), Optional.of(cursor.apply(found.get(limit - 1))));
  }
}
