package dev.stepwell.engine.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be written to the store and has not been begun: for each timer either its put or its
 * deletion, whichever was asked for last.
 *
 * @param <R> who is told that a timer is stored
 */
final class Writes<R> {

  static final int BATCH_MAX = 1_000;

  /** Deletions wait until so many have gathered, or so long. */
  static final int DELETES_ENOUGH = 200;

  static final Duration DELETES_PAUSE = Duration.ofMillis(200);

  private final Map<Timer, Set<R>> puts = new LinkedHashMap<>();
  private final Set<Timer> deletes = new LinkedHashSet<>();
  private Instant deletesSince = Instant.MIN;

  void put(Timer timer, R waiter) {
    deletes.remove(timer);
    puts.computeIfAbsent(timer, _ -> new LinkedHashSet<>()).add(waiter);
  }

  /** Asks for a deletion. Returns who waits in vain for the timer's put. */
  Set<R> delete(Timer timer, Instant now) {
    if (deletes.isEmpty()) {
      deletesSince = now;
    }
    deletes.add(timer);
    var waiters = puts.remove(timer);
    return waiters == null ? Set.of() : waiters;
  }

  boolean deletes(Timer timer) {
    return deletes.contains(timer);
  }

  int deletes() {
    return deletes.size();
  }

  boolean hasPuts() {
    return !puts.isEmpty();
  }

  /** Takes out what to put next, up to {@link #BATCH_MAX}. */
  Map<Timer, Set<R>> takePuts() {
    var taken = new LinkedHashMap<Timer, Set<R>>();
    var rest = puts.entrySet().iterator();
    while (rest.hasNext() && taken.size() < BATCH_MAX) {
      var next = rest.next();
      taken.put(next.getKey(), next.getValue());
      rest.remove();
    }
    return taken;
  }

  /** Takes out what to delete next, up to {@link #BATCH_MAX}. */
  List<Timer> takeDeletes() {
    var taken = new ArrayList<Timer>();
    var rest = deletes.iterator();
    while (rest.hasNext() && taken.size() < BATCH_MAX) {
      taken.add(rest.next());
      rest.remove();
    }
    return taken;
  }

  /** When to delete. */
  Optional<Instant> deletesDueAt() {
    if (deletes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        deletes.size() >= DELETES_ENOUGH ? deletesSince : deletesSince.plus(DELETES_PAUSE));
  }

  /** Gathers again what could not be put, but for what is to be deleted by now. */
  void putAgain(Map<Timer, Set<R>> failed) {
    failed.forEach((timer, waiters) -> {
      if (!deletes.contains(timer)) {
        puts.computeIfAbsent(timer, _ -> new LinkedHashSet<>()).addAll(waiters);
      }
    });
  }

  /** Gathers again what could not be deleted, but for what is to be put by now. */
  void deleteAgain(Collection<Timer> failed) {
    failed.stream().filter(timer -> !puts.containsKey(timer)).forEach(deletes::add);
  }
}
