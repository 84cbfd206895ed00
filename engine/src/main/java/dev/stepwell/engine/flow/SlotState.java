package dev.stepwell.engine.flow;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/**
 * Who holds the slots of one key, and who waits for one.
 *
 * @param limit how many may hold one at once, as last heard
 * @param grantsFrom until then others may hold slots that are not known here: nothing is granted
 * @param lapseAt nobody's lease runs out before
 * @param arrivals how many have ever come to wait
 * @param queue those who wait, in the order in which they are granted
 * @param <R> where to answer
 */
record SlotState<R>(
    int limit,
    Instant grantsFrom,
    Instant lapseAt,
    long arrivals,
    PMap<String, Claimant<R>> holders,
    PMap<String, Claimant<R>> waiting,
    PSortedSet<Place> queue) {

  /**
   * Somebody who holds a slot or waits for one, as heard of last.
   *
   * @param until when it is forgotten, if it keeps silent
   * @param askedAtMillis what its own clock said when it asked
   */
  record Claimant<R>(Place place, Instant until, long askedAtMillis, R replyTo) {}

  /** Older runs go first, then who came first. */
  record Place(long order, long arrival, String holder) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::order).thenComparingLong(Place::arrival);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** Nobody holds a slot, which is known from {@code grantsFrom} on. */
  static <R> SlotState<R> emptyFrom(Instant grantsFrom) {
    return new SlotState<>(
        1,
        grantsFrom,
        Instant.MAX,
        0,
        HashTreePMap.empty(),
        HashTreePMap.empty(),
        TreePSet.empty());
  }

  /** Whether nobody holds or wants a slot, as far as is known. */
  boolean isEmpty() {
    return holders.isEmpty() && waiting.isEmpty();
  }

  /** When something changes though nobody asks. */
  Optional<Instant> nextChange() {
    if (isEmpty()) {
      return Optional.empty();
    }
    var granting = !queue.isEmpty() && holders.size() < limit;
    return Optional.of(granting && grantsFrom.isBefore(lapseAt) ? grantsFrom : lapseAt);
  }

  SlotState<R> withLimit(int newLimit) {
    return new SlotState<>(newLimit, grantsFrom, lapseAt, arrivals, holders, waiting, queue);
  }

  SlotState<R> withHolder(Claimant<R> claimant) {
    var rest = without(claimant.place().holder());
    return new SlotState<>(
        limit,
        grantsFrom,
        earlier(lapseAt, claimant.until()),
        arrivals,
        rest.holders.plus(claimant.place().holder(), claimant),
        rest.waiting,
        rest.queue);
  }

  SlotState<R> withWaiting(Claimant<R> claimant) {
    var rest = without(claimant.place().holder());
    return new SlotState<>(
        limit,
        grantsFrom,
        earlier(lapseAt, claimant.until()),
        Math.max(arrivals, claimant.place().arrival()),
        rest.holders,
        rest.waiting.plus(claimant.place().holder(), claimant),
        rest.queue.plus(claimant.place()));
  }

  SlotState<R> without(String holder) {
    var waiter = waiting.get(holder);
    return new SlotState<>(
        limit,
        grantsFrom,
        lapseAt,
        arrivals,
        holders.minus(holder),
        waiting.minus(holder),
        waiter == null ? queue : queue.minus(waiter.place()));
  }

  SlotState<R> withLapseAt(Instant newLapseAt) {
    return new SlotState<>(limit, grantsFrom, newLapseAt, arrivals, holders, waiting, queue);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
