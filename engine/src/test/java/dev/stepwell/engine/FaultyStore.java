package dev.stepwell.engine;

import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A store that counts what is written to the journal, and fails on demand. */
public final class FaultyStore implements Store {

  public final AtomicInteger writes = new AtomicInteger();
  public final AtomicInteger facts = new AtomicInteger();
  public final AtomicInteger failures = new AtomicInteger();
  private final MemoryStore store = new MemoryStore();
  private final Journal journal = new FaultyJournal();

  /** Makes the next {@code count} writes fail. */
  public void failWrites(int count) {
    failures.set(count);
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public TimerStore timers() {
    return store.timers();
  }

  @Override
  public RunIndex runs() {
    return store.runs();
  }

  @Override
  public EventIndex events() {
    return store.events();
  }

  @Override
  public void close() {
    store.close();
  }

  private final class FaultyJournal implements Journal {

    private final Journal real = store.journal();

    @Override
    public CompletionStage<Void> append(String id, long firstSequenceNr, List<byte[]> batch) {
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        return CompletableFuture.failedStage(new IllegalStateException("disk on fire"));
      }
      writes.incrementAndGet();
      facts.addAndGet(batch.size());
      return real.append(id, firstSequenceNr, batch);
    }

    @Override
    public boolean isNew(String id) {
      return real.isNew(id);
    }

    @Override
    public CompletionStage<Long> replay(
        String id, long from, long to, long max, Consumer<Entry> into) {
      return real.replay(id, from, to, max, into);
    }

    @Override
    public CompletionStage<Void> deleteTo(String id, long to) {
      return real.deleteTo(id, to);
    }

    @Override
    public CompletionStage<Void> saveSnapshot(String id, Snapshot snapshot) {
      return real.saveSnapshot(id, snapshot);
    }

    @Override
    public CompletionStage<Optional<Snapshot>> loadSnapshot(String id, long max) {
      return real.loadSnapshot(id, max);
    }

    @Override
    public CompletionStage<Void> deleteSnapshots(String id, long max) {
      return real.deleteSnapshots(id, max);
    }

    @Override
    public CompletionStage<Void> purge(List<String> ids) {
      return real.purge(ids);
    }
  }
}
