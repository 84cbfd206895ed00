package dev.stepwell.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.rocksdb.RocksDBException;

/**
 * Changes an index, whose keys depend on the rows that are there already, and so is changed by one
 * thread: it takes all changes that wait, reads what they need, and hands one write to the {@link
 * GroupWriter}, which therefore never waits for a read. The next changes are looked at when that
 * write is in the log.
 */
final class IndexWriter<T> implements AutoCloseable {

  record Change<T>(Kind kind, List<T> rows, long bytes, CompletableFuture<Void> done) {}

  enum Kind {
    /** Rows of which there are no others with the same key. */
    ADD,
    PUT,
    DELETE,
    /** Rows that others have taken the place of. */
    DROP
  }

  /**
   * Turns changes, in order, into what is written. Called by one thread, after all earlier ones.
   */
  interface Encoder<T> {
    Ops encode(List<Change<T>> changes) throws RocksDBException;
  }

  private static final int CHANGES_MAX = 4_096;

  private final Encoder<T> encoder;
  private final GroupWriter writer;
  private final Budget budget;
  private final Thread thread;
  private final BlockingQueue<Change<T>> waiting = new LinkedBlockingQueue<>();
  private final Change<T> end = new Change<>(Kind.PUT, List.of(), 0, new CompletableFuture<>());
  private boolean closed;

  IndexWriter(String name, Encoder<T> encoder, GroupWriter writer, Budget budget) {
    this.encoder = encoder;
    this.writer = writer;
    this.budget = budget;
    thread = Thread.ofPlatform().name("stepwell-store-" + name).start(this::run);
  }

  CompletionStage<Void> change(Kind kind, List<T> rows, long bytes) {
    return change(new Change<>(kind, List.copyOf(rows), bytes, new CompletableFuture<>()));
  }

  /** Writes what waits, refuses what comes. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      waiting.add(end);
    }
    Threads.join(thread);
  }

  private CompletionStage<Void> change(Change<T> change) {
    try {
      budget.take(change.bytes);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
    synchronized (this) {
      if (closed) {
        budget.giveBack(change.bytes);
        return CompletableFuture.failedStage(Gate.closed());
      }
      waiting.add(change);
    }
    return change.done;
  }

  private void run() {
    var changes = new ArrayList<Change<T>>();
    while (true) {
      try {
        changes.add(waiting.take());
      } catch (InterruptedException _) {
        // For nobody here.
        continue;
      }
      waiting.drainTo(changes, CHANGES_MAX);
      var last = isEnd(changes.getLast());
      if (last) {
        changes.removeLast();
      }
      write(changes);
      changes.clear();
      if (last) {
        return;
      }
    }
  }

  /** That very object: others may be equal to it. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isEnd(Change<T> change) {
    return change == end;
  }

  private void write(List<Change<T>> changes) {
    try {
      var ops = encoder.encode(changes);
      if (!ops.isEmpty()) {
        writer.write(ops, false).toCompletableFuture().join();
      }
      changes.forEach(change -> change.done.complete(null));
    } catch (RocksDBException e) {
      fail(changes, Reads.unreadable(e));
    } catch (CompletionException e) {
      fail(changes, e.getCause() == null ? e : e.getCause());
    } catch (Throwable e) {
      // This thread serves everybody, and goes on.
      fail(changes, e);
    } finally {
      changes.forEach(change -> budget.giveBack(change.bytes));
    }
  }

  private void fail(List<Change<T>> changes, Throwable reason) {
    changes.forEach(change -> change.done.completeExceptionally(reason));
  }
}
