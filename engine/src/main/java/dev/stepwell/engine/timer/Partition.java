package dev.stepwell.engine.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a partition knows, and what it wants of the store next. It wants one thing at a time: so
 * what a read has seen is never older than a write that was answered before it.
 *
 * @param <R> who is told that a timer is stored
 */
final class Partition<R> {

  private static final Duration PAUSE_FIRST = Duration.ofMillis(100);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

  /** The kinds of work, which take turns so that none starves. */
  private enum Turn {
    PUT,
    LOAD,
    DELETE;

    Turn next() {
      return switch (this) {
        case PUT -> LOAD;
        case LOAD -> DELETE;
        case DELETE -> PUT;
      };
    }
  }

  private final int page;
  private final Near near;
  private final Writes<R> writes = new Writes<>();
  private final Set<Timer> unsettled = new HashSet<>();

  private Optional<Work<R>> current = Optional.empty();
  private Optional<Work<R>> chained = Optional.empty();
  private Turn turn = Turn.DELETE;
  private Duration pause = PAUSE_FIRST;
  private Instant notBefore = Instant.MIN;

  /**
   * Knows nothing of what is stored yet.
   *
   * @param page how many timers to load at once
   */
  Partition(int page) {
    this.page = page;
    this.near = new Near(page);
  }

  /** Asks for a timer to be stored. Returns whether it is already. */
  boolean set(Timer timer, R waiter) {
    if (near.contains(timer)) {
      return true;
    }
    writes.put(timer, waiter);
    return false;
  }

  /** Forgets a timer, unless it was delivered. Returns who need not wait for its put any more. */
  Set<R> cancel(Timer timer, Instant now) {
    if (unsettled.contains(timer)) {
      return Set.of();
    }
    near.remove(timer);
    return writes.delete(timer, now);
  }

  /** Takes the first timer, if it is due, for delivery. */
  Optional<Timer> takeDue(Instant now) {
    var due = near.takeDue(now.toEpochMilli());
    due.ifPresent(unsettled::add);
    return due;
  }

  /** Forgets a delivered timer. Returns who need not wait for its put any more. */
  Set<R> settled(Timer timer, Instant now) {
    unsettled.remove(timer);
    return writes.delete(timer, now);
  }

  int unsettled() {
    return unsettled.size();
  }

  int inMemory() {
    return near.size() + unsettled.size();
  }

  /** When the first timer in memory is due. */
  OptionalLong firstDueAtMillis() {
    return near.firstDueAtMillis();
  }

  /** What to do with the store now; nothing else until its end was told here. */
  Optional<Work<R>> begin(Instant now) {
    if (current.isPresent() || now.isBefore(notBefore)) {
      return Optional.empty();
    }
    current = chained.or(() -> choose(now));
    chained = Optional.empty();
    return current;
  }

  /** When to call {@link #begin} at the latest, if nothing else happens. */
  Optional<Instant> beginAt() {
    if (current.isPresent()) {
      return Optional.empty();
    }
    return Stream.of(
            writes.hasPuts() || chained.isPresent() ? Optional.of(notBefore) : nothing(),
            writes.deletesDueAt(),
            loadAt())
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .map(at -> at.isBefore(notBefore) ? notBefore : at);
  }

  /** Whether this very work is under way, and not one of an earlier life. */
  @SuppressWarnings("ReferenceEquality") // equal work may have been begun by an earlier life
  boolean isCurrent(Work<R> work) {
    return current.filter(now -> now == work).isPresent();
  }

  void stored(Work.Put<R> put) {
    succeeded();
    put.timers().keySet().stream().filter(this::unknown).forEach(near::stored);
  }

  void deleted() {
    succeeded();
  }

  /**
   * Takes in what was read.
   *
   * @param rows how many rows were read, with those that are of no use
   * @param lastMillis when the last row was due
   */
  void loaded(Work.Load<R> load, List<Timer> timers, int rows, long lastMillis) {
    succeeded();
    var fresh = timers.stream().filter(this::unknown).toList();
    if (rows < load.limit()) {
      near.loaded(fresh, load.untilMillis());
      chained = Optional.of(new Work.Look<>(load.untilMillis()));
    } else {
      // All of an instant's rows useless: go past it, or they would be read for ever.
      near.loaded(fresh, fresh.isEmpty() ? lastMillis + 1 : lastMillis);
    }
  }

  void looked(Work.Look<R> look, OptionalLong nextDueAtMillis) {
    succeeded();
    near.looked(look.fromMillis(), nextDueAtMillis);
  }

  /** The work may have been done or not: it will be asked for again. */
  void failed(Work<R> work, Instant now) {
    current = Optional.empty();
    notBefore = now.plus(pause);
    var twice = pause.multipliedBy(2);
    pause = twice.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : twice;
    switch (work) {
      case Work.Put<R>(var timers) -> writes.putAgain(timers);
      case Work.Delete<R>(var timers) -> writes.deleteAgain(timers);
      case Work.Look<R> look -> chained = Optional.of(look);
      case Work.Load<R> _ -> {}
    }
  }

  private void succeeded() {
    current = Optional.empty();
    pause = PAUSE_FIRST;
  }

  private boolean unknown(Timer timer) {
    return !unsettled.contains(timer) && !writes.deletes(timer) && !near.contains(timer);
  }

  private Optional<Work<R>> choose(Instant now) {
    for (var i = 0; i < Turn.values().length; i++) {
      turn = turn.next();
      var work =
          switch (turn) {
            case PUT -> put();
            case LOAD -> load(now);
            case DELETE -> delete(now);
          };
      if (work.isPresent()) {
        return work;
      }
    }
    return Optional.empty();
  }

  private Optional<Work<R>> put() {
    return writes.hasPuts() ? Optional.of(new Work.Put<>(writes.takePuts())) : Optional.empty();
  }

  private Optional<Work<R>> load(Instant now) {
    return loadAt().filter(at -> !now.isBefore(at)).map(_ -> load(now.toEpochMilli()));
  }

  private Work<R> load(long nowMillis) {
    // Whatever is known may be read again: asking for so many more leaves room for a full page.
    var known = near.size() + unsettled.size() + writes.deletes();
    var until = nowMillis + Near.HORIZON_MILLIS;
    return new Work.Load<>(near.knownUntilMillis(), until, page + known);
  }

  private Optional<Work<R>> delete(Instant now) {
    return writes
        .deletesDueAt()
        .filter(at -> !now.isBefore(at))
        .map(_ -> new Work.Delete<>(writes.takeDeletes()));
  }

  private Optional<Instant> loadAt() {
    var at = near.loadAtMillis();
    return at.isEmpty() ? nothing() : Optional.of(Instant.ofEpochMilli(at.getAsLong()));
  }

  private static Optional<Instant> nothing() {
    return Optional.empty();
  }
}
