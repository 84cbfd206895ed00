package dev.stepwell.cassandra.cql;

import dev.stepwell.engine.port.StoreOverloadedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings changes to Cassandra in groups: a change that comes alone is sent at once; while two
 * groups are under way, the next one gathers. So the number of statements falls as the load rises.
 *
 * <p>Changes take effect in the order in which they were handed in, as far as clocks of different
 * processes agree.
 */
public final class Grouping implements AutoCloseable {

  private static final int GROUPS_MAX = 2;
  private static final int GROUP_BYTES_MAX = 1 << 20;

  private record Change(List<Mutation> mutations, int bytes, CompletableFuture<Void> done) {}

  private final Cql cql;
  private final Semaphore room;
  private final int roomBytes;
  private final Duration closeMax;
  private final InstantSource clock;
  private final Executor start;
  private final ArrayDeque<Change> waiting = new ArrayDeque<>();
  private int underWay;
  private long lastMicros;
  private boolean closed;

  /**
   * Groups of one kind of change.
   *
   * @param room bytes that may wait or be under way, together with others that were given the same
   * @param roomBytes how many there are in all
   * @param closeMax for so long closing waits at most
   * @param gather for so long a change that comes alone waits for others; zero for those whose
   *     writers wait
   */
  public Grouping(
      Cql cql,
      Semaphore room,
      int roomBytes,
      Duration closeMax,
      Duration gather,
      InstantSource clock) {
    this.cql = cql;
    this.room = room;
    this.roomBytes = roomBytes;
    this.closeMax = closeMax;
    this.clock = clock;
    this.start =
        gather.isZero()
            ? Runnable::run
            : CompletableFuture.delayedExecutor(gather.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Writes all mutations. Fails with {@link StoreOverloadedException}, having written none, if too
   * much waits already.
   */
  public CompletionStage<Void> write(List<Mutation> mutations) {
    // Something larger than all the room is let in alone, or it could never be written.
    var bytes = (int) Math.min(roomBytes, mutations.stream().mapToLong(Mutation::bytes).sum());
    var change = new Change(List.copyOf(mutations), bytes, new CompletableFuture<>());
    if (!room.tryAcquire(bytes)) {
      return CompletableFuture.failedStage(
          new StoreOverloadedException(
              "more than " + roomBytes + " bytes would wait to be written to Cassandra"));
    }
    synchronized (this) {
      if (closed) {
        room.release(bytes);
        return CompletableFuture.failedStage(closed());
      }
      waiting.add(change);
    }
    start.execute(this::goOn);
    return change.done;
  }

  /** What every call fails with after the end. */
  public static IllegalStateException closed() {
    return new IllegalStateException("the store is closed");
  }

  private void goOn() {
    while (true) {
      List<Change> changes;
      List<com.datastax.oss.driver.api.core.cql.Statement<?>> statements;
      synchronized (this) {
        if (waiting.isEmpty() || underWay == GROUPS_MAX) {
          return;
        }
        underWay++;
        var group = new Group();
        changes = take(group);
        statements = group.statements(nextMicros());
      }
      var _ = Sending.all(cql, statements).whenComplete((_, failure) -> ended(changes, failure));
    }
  }

  private List<Change> take(Group group) {
    var changes = new ArrayList<Change>();
    var bytes = 0L;
    while (!waiting.isEmpty()) {
      var next = waiting.getFirst();
      if (!changes.isEmpty() && bytes + next.bytes > GROUP_BYTES_MAX
          || !group.add(next.mutations)) {
        break;
      }
      changes.add(waiting.removeFirst());
      bytes += next.bytes;
    }
    return changes;
  }

  private long nextMicros() {
    var now = clock.instant();
    var micros = TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
    lastMicros = Math.max(micros, lastMicros + 1);
    return lastMicros;
  }

  private void ended(List<Change> changes, @Nullable Throwable failure) {
    for (var change : changes) {
      room.release(change.bytes);
      if (failure == null) {
        change.done.complete(null);
      } else {
        change.done.completeExceptionally(failure);
      }
    }
    synchronized (this) {
      underWay--;
      notifyAll();
    }
    goOn();
  }

  /** Writes what waits, refuses what comes. */
  @Override
  public void close() {
    var deadline = System.nanoTime() + closeMax.toNanos();
    synchronized (this) {
      closed = true;
      try {
        while (underWay > 0 || !waiting.isEmpty()) {
          var left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
          if (left <= 0) {
            return;
          }
          wait(left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
