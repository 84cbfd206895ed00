package dev.stepwell.engine.retention;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.TimerPartitions;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One round of deleting, a page at a time. May end anywhere: the next round finds what is left,
 * because a run's facts go before its line in the list, and an event goes after its runs.
 */
final class Sweep {

  private static final int PAGE = 1_000;
  private static final CompletionStage<Boolean> MORE = CompletableFuture.completedStage(true);

  private final Store store;
  private final int partitions;
  private final Cutoffs cutoffs;
  private long runsFromMillis;
  private boolean runsAreDone;
  private Optional<String> eventsAfter = Optional.empty();
  private int runs;
  private int events;

  /**
   * What is old enough.
   *
   * @param runsMillis for runs that ended before
   * @param eventsMillis for events that were accepted before
   */
  record Cutoffs(long runsMillis, long eventsMillis) {}

  /**
   * A round that deletes what was over before an instant.
   *
   * @param partitions of the timers
   */
  Sweep(Store store, int partitions, Cutoffs cutoffs) {
    this.store = store;
    this.partitions = partitions;
    this.cutoffs = cutoffs;
  }

  /** How many runs it has deleted so far. */
  int runs() {
    return runs;
  }

  /** How many events it has deleted so far. */
  int events() {
    return events;
  }

  /**
   * Deletes a page: first of runs that have ended, then of events that have no run any more. To be
   * called again only when it has completed.
   *
   * @return whether there is more to do
   */
  CompletionStage<Boolean> next() {
    return runsAreDone ? nextEvents() : nextRuns();
  }

  private CompletionStage<Boolean> nextRuns() {
    return store
        .runs()
        .endedBetween(runsFromMillis, cutoffs.runsMillis, PAGE)
        .thenCompose(this::deleteRuns);
  }

  private CompletionStage<Boolean> deleteRuns(List<RunIndex.Row> page) {
    if (page.isEmpty()) {
      runsAreDone = true;
      return MORE;
    }
    return store
        .journal()
        .purge(page.stream().map(row -> RunEntity.persistenceId(row.runId())).toList())
        .thenCompose(_ -> store.runs().delete(page))
        .thenApply(_ -> {
          runs += page.size();
          runsFromMillis = page.getLast().endedAtMillis().orElseThrow();
          return true;
        });
  }

  private CompletionStage<Boolean> nextEvents() {
    return store
        .events()
        .receivedBefore(cutoffs.eventsMillis, eventsAfter, PAGE)
        .thenCompose(page ->
            over(page.items())
                .thenCompose(this::deleteEvents)
                .thenApply(_ -> {
                  eventsAfter = page.next();
                  return eventsAfter.isPresent();
                }));
  }

  private CompletionStage<Void> deleteEvents(List<EventIndex.Row> over) {
    events += over.size();
    return over.isEmpty() ? CompletableFuture.allOf() : store.events().delete(over);
  }

  /** Those of a page that nothing can come of any more. */
  private CompletionStage<List<EventIndex.Row>> over(List<EventIndex.Row> page) {
    var past = page.stream().filter(row -> row.event().tsMillis() < cutoffs.eventsMillis).toList();
    // The timers first: an event that is parked no more has its runs in the list.
    return lateTimers(past)
        .thenCompose(late -> {
          var started = past.stream().filter(row -> !mayBeParked(row.event(), late)).toList();
          return listed(started)
              .thenApply(listed ->
                  started.stream().filter(row -> runsOf(row).noneMatch(listed::contains)).toList());
        });
  }

  /**
   * Whether an event that had to wait for its instant may be waiting still, because nobody was
   * there to start its runs.
   */
  private boolean mayBeParked(Event event, Set<Integer> lateTimers) {
    return wasParked(event) && lateTimers.contains(timersOf(event));
  }

  private static boolean wasParked(Event event) {
    return event.tsMillis() > event.receivedAtMillis();
  }

  private int timersOf(Event event) {
    return TimerPartitions.of(new Target.OfEvent(event.id()), partitions);
  }

  /** Partitions with a timer that is older than all that is deleted. */
  private CompletionStage<Set<Integer>> lateTimers(List<EventIndex.Row> rows) {
    var asked =
        rows.stream()
            .map(EventIndex.Row::event)
            .filter(Sweep::wasParked)
            .map(this::timersOf)
            .collect(Collectors.toSet());
    return which(
        asked,
        partition ->
            store
                .timers()
                .next(partition, 0)
                .thenApply(first -> first.isPresent() && first.getAsLong() < cutoffs.eventsMillis));
  }

  private CompletionStage<Set<Ulid>> listed(List<EventIndex.Row> rows) {
    return which(
        rows.stream().flatMap(Sweep::runsOf).collect(Collectors.toSet()),
        run -> store.runs().get(run).thenApply(Optional::isPresent));
  }

  private static Stream<Ulid> runsOf(EventIndex.Row row) {
    return row.functions().stream().map(row.event().id()::derive);
  }

  private static <T> CompletionStage<Set<T>> which(
      Set<T> items, Function<T, CompletionStage<Boolean>> test) {
    var found = ConcurrentHashMap.<T>newKeySet();
    return CompletableFuture.allOf(
            items.stream()
                .map(item ->
                    test.apply(item)
                        .thenAccept(is -> {
                          if (is) {
                            found.add(item);
                          }
                        })
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new))
        .thenApply(_ -> found);
  }
}
