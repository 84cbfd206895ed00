package dev.stepwell.engine.timer;

import dev.stepwell.engine.port.TimerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A store that can be held up and can fail, and that remembers the sizes of what it was asked. */
final class FaultyTimers implements TimerStore {

  private final TimerStore behind;
  private final List<Integer> putSizes = new ArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private boolean holding;
  private int failures;
  private int limitMax;

  FaultyTimers(TimerStore behind) {
    this.behind = behind;
  }

  /** From now on nothing is done. */
  synchronized void hold() {
    holding = true;
  }

  /** Does what was held up, and what comes. */
  synchronized void letGo() {
    holding = false;
    held.forEach(Runnable::run);
    held.clear();
  }

  /** The next calls are done, and fail all the same. */
  synchronized void failNext(int calls) {
    failures = calls;
  }

  synchronized List<Integer> putSizes() {
    return List.copyOf(putSizes);
  }

  synchronized int limitMax() {
    return limitMax;
  }

  @Override
  public synchronized CompletionStage<Void> put(int partition, List<Row> rows) {
    putSizes.add(rows.size());
    return call(() -> behind.put(partition, rows));
  }

  @Override
  public synchronized CompletionStage<Void> delete(int partition, List<Row> rows) {
    return call(() -> behind.delete(partition, rows));
  }

  @Override
  public synchronized CompletionStage<List<Row>> between(
      int partition, long fromMillis, long untilMillis, int limit) {
    limitMax = Math.max(limitMax, limit);
    return call(() -> behind.between(partition, fromMillis, untilMillis, limit));
  }

  @Override
  public synchronized CompletionStage<OptionalLong> next(int partition, long fromMillis) {
    return call(() -> behind.next(partition, fromMillis));
  }

  private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> work) {
    if (holding) {
      var later = new CompletableFuture<T>();
      held.add(() -> call(work).thenAccept(later::complete));
      return later;
    }
    var done = work.get();
    if (failures > 0) {
      failures--;
      return CompletableFuture.failedStage(new IllegalStateException("it was done, who knows"));
    }
    return done;
  }
}
