package dev.stepwell.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings writes to disk in groups: one thread takes everything that waits at this moment, writes it
 * as one batch with at most one sync, completes the stages, and looks again. While one group is
 * being synced the next one gathers, so the number of syncs stays bounded whatever the load.
 *
 * <p>A group without a write that asked for it is not synced; it is in the log, and becomes durable
 * with the next group that is.
 *
 * <p>No write is refused because others wait: what waits is bounded by those who write, of whom
 * each has one write under way and keeps in memory what it has not been told is stored. A run whose
 * result was refused would have to do its step again.
 */
final class GroupWriter implements AutoCloseable {

  /** Bounds the memory of a group, and for how long its first write waits for its last. */
  private static final int GROUP_BYTES_MAX = 4 << 20;

  /** Where groups go. Whatever it throws, the store is never written again. */
  interface Log {
    void write(Ops ops, boolean sync) throws RocksDBException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);

  private final Log log;
  private final Thread thread;

  /** The newest write that waits, linked to the older ones; {@link #end} once closed. */
  private final AtomicReference<@Nullable Write> newest = new AtomicReference<>();

  private final Write end = new Write(new Ops(0, 0), false);
  private final LongAdder writes = new LongAdder();
  private final LongAdder groups = new LongAdder();
  private final LongAdder syncs = new LongAdder();
  private volatile boolean asleep;
  private final StoreFailedException unexplained =
      StoreFailedException.ofWrite(new OutOfMemoryError("no memory is left"));
  private volatile @Nullable StoreFailedException failure;

  GroupWriter(Log log) {
    this.log = log;
    thread = Thread.ofPlatform().name("stepwell-store-writer").start(this::run);
  }

  /**
   * Writes {@code ops}.
   *
   * @param sync whether the stage is completed only when they would survive a power cut, and not
   *     already when they would survive a crash of the process
   */
  CompletionStage<Void> write(Ops ops, boolean sync) {
    var failed = failure;
    if (failed != null) {
      return CompletableFuture.failedStage(failed);
    }
    var write = new Write(ops, sync);
    return push(write) ? write : CompletableFuture.failedStage(Gate.closed());
  }

  @Nullable StoreFailedException failure() {
    return failure;
  }

  Figures figures() {
    return new Figures(writes.sum(), groups.sum(), syncs.sum());
  }

  /** Writes what waits, refuses what comes. */
  @Override
  public void close() {
    if (push(end)) {
      Threads.join(thread);
    }
  }

  private boolean push(Write write) {
    Write before;
    do {
      before = newest.get();
      if (before == end) {
        return false;
      }
      write.next = before;
    } while (!newest.compareAndSet(before, write));
    if (asleep) {
      LockSupport.unpark(thread);
    }
    return true;
  }

  private void run() {
    while (true) {
      var taken = newest.get();
      if (taken == null) {
        sleep();
      } else if (taken == end) {
        writeAll(end.next);
        return;
      } else if (newest.compareAndSet(taken, null)) {
        writeAll(taken);
      }
    }
  }

  private void sleep() {
    asleep = true;
    if (newest.get() == null) {
      LockSupport.park(this);
    }
    asleep = false;
    // An interrupt is for nobody here, and would keep park from waiting ever again.
    Thread.interrupted();
  }

  /**
   * Writes all that wait, or refuses them: afterwards each of them has its answer, whatever
   * happened.
   */
  private void writeAll(@Nullable Write last) {
    try {
      if (failure == null) {
        writeInOrder(inOrder(last));
      }
    } catch (Throwable e) {
      // Whatever it is: from here on nobody knows what the log holds.
      fail(e);
    }
    var failed = failure;
    if (failed != null) {
      refuse(last, failed);
    }
  }

  private static List<Write> inOrder(@Nullable Write last) {
    var writes = new ArrayList<Write>();
    for (var write = last; write != null; write = write.next) {
      writes.add(write);
    }
    return writes.reversed();
  }

  private void writeInOrder(List<Write> writes) throws RocksDBException {
    var from = 0;
    while (from < writes.size()) {
      var bytes = 0;
      var until = from;
      do {
        bytes += writes.get(until++).ops.sizeBytes();
      } while (until < writes.size()
          && bytes + writes.get(until).ops.sizeBytes() <= GROUP_BYTES_MAX);
      var group = writes.subList(from, until);
      store(group, bytes);
      group.forEach(write -> write.complete(null));
      from = until;
    }
  }

  private void store(List<Write> group, int bytes) throws RocksDBException {
    var ops = group.getFirst().ops;
    if (group.size() > 1) {
      ops = new Ops(bytes, 0);
      for (var write : group) {
        ops.addAll(write.ops);
      }
    }
    var sync = group.stream().anyMatch(write -> write.sync);
    if (sync) {
      syncs.increment();
    }
    log.write(ops, sync);
    writes.add(group.size());
    groups.increment();
  }

  private void fail(Throwable why) {
    failure = unexplained;
    try {
      failure = StoreFailedException.ofWrite(why);
      LOG.error("Nothing is stored any more; what was acknowledged is safe", failure);
    } catch (OutOfMemoryError _) {
      // What is said of it needs memory, that it is so does not.
    }
  }

  private void refuse(@Nullable Write last, StoreFailedException failed) {
    for (var write = last; write != null; write = write.next) {
      if (!write.isDone()) {
        write.completeExceptionally(failed);
      }
    }
  }
}
