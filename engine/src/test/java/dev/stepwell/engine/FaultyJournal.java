package dev.stepwell.engine;

import dev.stepwell.engine.port.Journal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A journal whose writes are counted, and can be held up or fail. */
public final class FaultyJournal implements Journal {

  /** What becomes of a write. */
  public enum Fate {
    WORKS,
    /** Nothing is stored, and the writer is told that it failed. */
    FAILS_BEFORE,
    /** It is stored, and the writer is told that it failed. */
    FAILS_AFTER
  }

  /** A write that was asked for. */
  public record Write(String persistenceId, List<byte[]> facts) {}

  private final Journal behind;
  private final List<Write> writes = new ArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final Deque<Fate> fates = new ArrayDeque<>();
  private final List<Runnable> held = new ArrayList<>();
  private boolean holding;

  public FaultyJournal(Journal behind) {
    this.behind = behind;
  }

  /** The next writes fail so, one after the other; those behind them do not. */
  public synchronized void fail(Fate... next) {
    fates.addAll(List.of(next));
  }

  /** The write of that number, counted from 1 from now on, fails so. */
  public synchronized void failAt(int number, Fate fate) {
    for (var i = 1; i < number; i++) {
      fates.add(Fate.WORKS);
    }
    fates.add(fate);
  }

  /** From now on writes wait. */
  public synchronized void hold() {
    holding = true;
  }

  /** Does the writes that wait. */
  public void letGo() {
    List<Runnable> waiting;
    synchronized (this) {
      holding = false;
      waiting = List.copyOf(held);
      held.clear();
    }
    waiting.forEach(Runnable::run);
  }

  public synchronized List<Write> writes() {
    return List.copyOf(writes);
  }

  /** How often facts were asked for. */
  public int reads() {
    return reads.get();
  }

  @Override
  public synchronized CompletionStage<Void> append(
      String persistenceId, long firstSequenceNr, List<byte[]> facts) {
    writes.add(new Write(persistenceId, facts));
    if (holding) {
      var later = new CompletableFuture<Void>();
      held.add(
          () -> behind.append(persistenceId, firstSequenceNr, facts).thenAccept(later::complete));
      return later;
    }
    var fate = fates.poll();
    if (fate == Fate.FAILS_BEFORE) {
      return CompletableFuture.failedStage(new IllegalStateException("not stored"));
    }
    var stored = behind.append(persistenceId, firstSequenceNr, facts);
    return fate == Fate.FAILS_AFTER
        ? CompletableFuture.failedStage(new IllegalStateException("stored, who knows"))
        : stored;
  }

  @Override
  public boolean isNew(String persistenceId) {
    return behind.isNew(persistenceId);
  }

  @Override
  public CompletionStage<Long> replay(
      String persistenceId, long from, long to, long max, Consumer<Entry> into) {
    reads.incrementAndGet();
    return behind.replay(persistenceId, from, to, max, into);
  }

  @Override
  public CompletionStage<Void> deleteTo(String persistenceId, long to) {
    return behind.deleteTo(persistenceId, to);
  }

  @Override
  public CompletionStage<Void> saveSnapshot(String persistenceId, Snapshot snapshot) {
    return behind.saveSnapshot(persistenceId, snapshot);
  }

  @Override
  public CompletionStage<Optional<Snapshot>> loadSnapshot(
      String persistenceId, long maxSequenceNr) {
    return behind.loadSnapshot(persistenceId, maxSequenceNr);
  }

  @Override
  public CompletionStage<Void> deleteSnapshots(String persistenceId, long maxSequenceNr) {
    return behind.deleteSnapshots(persistenceId, maxSequenceNr);
  }

  @Override
  public CompletionStage<Void> purge(List<String> persistenceIds) {
    return behind.purge(persistenceIds);
  }
}
