package dev.stepwell.engine.port;

import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Told what runs do on this node, after it has been stored; for progress, metrics and tests. Called
 * on the actors' threads: must return at once. What happens again after a crash may be told again.
 */
public interface RunListener {

  RunListener NONE = new RunListener() {};

  default void started(Ulid runId, String function, Instant at) {}

  /**
   * A step has changed.
   *
   * @param state such as {@code completed}, {@code failed}, {@code sleeping}, {@code waiting},
   *     {@code retrying}
   * @param detail a few words for people: a result's beginning, an error, until when; made when it
   *     is asked for, as results may be large
   */
  default void step(
      Ulid runId,
      String function,
      String step,
      String state,
      Supplier<String> detail,
      Instant at) {}

  default void ended(Ulid runId, String function, RunStatus status, Instant at) {}
}
