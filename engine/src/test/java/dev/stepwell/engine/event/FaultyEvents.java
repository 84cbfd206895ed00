package dev.stepwell.engine.event;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Page;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** An index whose puts and look-ups can be held up and let go one by one, or fail. */
final class FaultyEvents implements EventIndex {

  /** Events of which somebody has said that no row of theirs was ever put. */
  final Queue<Event> added = new ConcurrentLinkedQueue<>();

  /** How many rows each call was to put. */
  final Queue<Integer> puts = new ConcurrentLinkedQueue<>();

  private final EventIndex behind;
  private final Queue<Runnable> held = new ArrayDeque<>();
  private boolean holding;
  private int failures;

  FaultyEvents(EventIndex behind) {
    this.behind = behind;
  }

  /** From now on puts and look-ups wait until {@link #letOneGo}. */
  synchronized void hold() {
    holding = true;
  }

  synchronized int held() {
    return held.size();
  }

  /** Does the oldest of what waits. */
  synchronized void letOneGo() {
    held.remove().run();
  }

  /** Does what waits, and what comes. */
  synchronized void letGo() {
    holding = false;
    while (!held.isEmpty()) {
      letOneGo();
    }
  }

  /** The next puts and look-ups fail, and do nothing. */
  synchronized void failNext(int calls) {
    failures = calls;
  }

  @Override
  public CompletionStage<Void> put(List<Row> rows) {
    puts.add(rows.size());
    return call(() -> behind.put(rows));
  }

  @Override
  public CompletionStage<Void> add(List<Row> rows) {
    puts.add(rows.size());
    rows.forEach(row -> added.add(row.event()));
    return call(() -> behind.add(rows));
  }

  @Override
  public CompletionStage<Optional<Row>> get(Ulid eventId) {
    return call(() -> behind.get(eventId));
  }

  @Override
  public CompletionStage<Map<String, Ulid>> seen(List<String> userIds, long sinceMillis) {
    return call(() -> behind.seen(userIds, sinceMillis));
  }

  @Override
  public CompletionStage<Page<Row>> list(Query query) {
    return behind.list(query);
  }

  @Override
  public CompletionStage<List<Event>> lookBack(
      String name, Optional<Match> match, long fromMillis, long untilMillis, int limit) {
    return behind.lookBack(name, match, fromMillis, untilMillis, limit);
  }

  @Override
  public CompletionStage<Page<Row>> receivedBefore(long millis, Optional<String> after, int limit) {
    return behind.receivedBefore(millis, after, limit);
  }

  @Override
  public CompletionStage<Void> delete(List<Row> rows) {
    return behind.delete(rows);
  }

  private synchronized <T> CompletionStage<T> call(Supplier<CompletionStage<T>> work) {
    if (failures > 0) {
      failures--;
      return CompletableFuture.failedStage(new IllegalStateException("out of order"));
    }
    if (!holding) {
      return work.get();
    }
    var later = new CompletableFuture<T>();
    held.add(() -> work.get().thenAccept(later::complete));
    return later;
  }
}
