package dev.stepwell.engine.wait;

import dev.stepwell.engine.wakeup.Outstanding;
import dev.stepwell.engine.wire.Event;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Asks runs whether they take an event, a slice at a time, and again until they have answered for
 * good.
 */
final class Deliveries {

  /** Deliveries per message to the partition, so that it hears others in between. */
  static final int SLICE = 256;

  /** Hands an event to the run of a wait. */
  @FunctionalInterface
  interface Deliver {
    void deliver(Wait wait, Event event, long token);
  }

  private final Deliver deliver;
  private final Queue<Pursuit> queue = new ArrayDeque<>();
  private final Outstanding<Pursuit> outstanding = new Outstanding<>();
  private final Map<Long, Pursuit> byToken = new HashMap<>();

  /**
   * Begins with nothing to do.
   *
   * @param deliver with a token for the run's answer
   */
  Deliveries(Deliver deliver) {
    this.deliver = deliver;
  }

  void add(Pursuit pursuit) {
    queue.add(pursuit);
  }

  /** Delivers the next slice, and says whether there is more. */
  boolean deliverSlice(Instant now) {
    for (var i = 0; i < SLICE; i++) {
      var next = queue.poll();
      if (next == null) {
        return false;
      }
      var token = outstanding.add(next, now);
      byToken.put(token, next);
      deliver(next, token);
    }
    return !queue.isEmpty();
  }

  /** Whose delivery a token names, if it has not been answered for good. */
  Optional<Pursuit> find(long token) {
    return Optional.ofNullable(byToken.get(token));
  }

  /** Repeats it no more. */
  Optional<Pursuit> answered(long token) {
    byToken.remove(token);
    return outstanding.settled(token);
  }

  boolean mustRepeat() {
    return !outstanding.isEmpty();
  }

  void repeat(Instant now) {
    outstanding.repeat(now, this::deliver);
  }

  void hurry(Instant now) {
    outstanding.hurry(now);
    repeat(now);
  }

  private void deliver(Pursuit pursuit, long token) {
    deliver.deliver(pursuit.wait, pursuit.taking().event(), token);
  }
}
