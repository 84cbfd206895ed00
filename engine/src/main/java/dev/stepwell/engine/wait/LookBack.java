package dev.stepwell.engine.wait;

import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A search, page by page and oldest first, for the first event that was accepted before a wait was
 * registered and matches it. Events from before the wait's path became active carry no index entry
 * for it: those it reads by name and compares itself.
 *
 * @param fromMillis where it has got to
 * @param indexedFromMillis from when on the index knows the wait's value
 * @param limit events in a page
 */
record LookBack(Wait subscription, long fromMillis, long indexedFromMillis, int limit) {

  static final int PAGE = 128;

  /**
   * How far clocks of two nodes may be apart. The instants of acceptance and of activation come
   * from different nodes; what was accepted this long after activation was surely indexed.
   */
  static final long SKEW_MILLIS = 10_000;

  sealed interface Result {
    record Found(Event event) implements Result {}

    record Next(LookBack lookBack) implements Result {}

    record Nothing() implements Result {}
  }

  /** A page to ask the event index for. */
  record Query(String name, Optional<Match> match, long fromMillis, long untilMillis, int limit) {}

  /**
   * From the instant that the wait names.
   *
   * @param activeSinceMillis of the wait's path
   */
  static LookBack of(Wait wait, long activeSinceMillis) {
    return new LookBack(
        wait, wait.sinceMillis().orElseThrow(), activeSinceMillis + SKEW_MILLIS, PAGE);
  }

  /** The same search, but from {@code millis} on. */
  LookBack from(long millis) {
    return new LookBack(subscription, millis, indexedFromMillis, PAGE);
  }

  /** Whether there is no instant to search. */
  boolean isOver() {
    return fromMillis >= subscription.untilMillis();
  }

  Query query() {
    return new Query(
        subscription.event(),
        byIndex() ? subscription.match() : Optional.empty(),
        fromMillis,
        byIndex()
            ? subscription.untilMillis()
            : Math.min(indexedFromMillis, subscription.untilMillis()),
        limit);
  }

  /**
   * What follows from a page.
   *
   * @param page what {@link #query} has brought
   * @param declined events that the run would not have
   */
  Result on(List<Event> page, Set<Ulid> declined) {
    var values = MatchValues.of(subscription.match().stream().map(Match::path).toList());
    for (var event : page) {
      if (isMatch(event, values) && !declined.contains(event.id())) {
        return new Result.Found(event);
      }
    }
    if (page.size() >= limit) {
      return new Result.Next(after(page.getLast()));
    }
    return byIndex() || subscription.untilMillis() <= indexedFromMillis
        ? new Result.Nothing()
        : new Result.Next(from(indexedFromMillis));
  }

  private boolean byIndex() {
    return subscription.match().isEmpty() || fromMillis >= indexedFromMillis;
  }

  private boolean isMatch(Event event, MatchValues values) {
    return WaitsRules.isFor(subscription, event)
        && (byIndex() || values.in(event.data()).equals(subscription.match().stream().toList()));
  }

  /** Several events may share the last one's instant. If all of the page do, it was too small. */
  private LookBack after(Event last) {
    return last.receivedAtMillis() > fromMillis
        ? from(last.receivedAtMillis())
        : new LookBack(subscription, fromMillis, indexedFromMillis, limit * 2);
  }
}
