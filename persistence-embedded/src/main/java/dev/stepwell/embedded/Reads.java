package dev.stepwell.embedded;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.rocksdb.RocksDBException;

/**
 * Where reads happen: a look-up, which takes microseconds, on the caller's thread, and whatever may
 * touch many rows on a few threads of its own.
 */
final class Reads implements AutoCloseable {

  private static final int SCAN_THREADS = 2;
  private static final int SCANS_WAITING_MAX = 4_096;

  /** Reads the database and makes something of it. */
  interface Reading<T> {
    T read() throws RocksDBException;
  }

  private final Overload overload;
  private final Gate gate = new Gate();
  private final ThreadPoolExecutor scans =
      new ThreadPoolExecutor(
          SCAN_THREADS,
          SCAN_THREADS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(SCANS_WAITING_MAX),
          Thread.ofPlatform().daemon().name("stepwell-store-scan-", 0).factory());

  Reads(Overload overload) {
    this.overload = overload;
  }

  /** Reads at once. What goes wrong fails the stage. */
  <T> CompletionStage<T> now(Reading<T> reading) {
    try {
      var stamp = gate.enter();
      try {
        return CompletableFuture.completedStage(reading.read());
      } finally {
        gate.leave(stamp);
      }
    } catch (RocksDBException e) {
      return CompletableFuture.failedStage(unreadable(e));
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Reads soon, elsewhere. */
  <T> CompletionStage<T> soon(Reading<T> reading) {
    try {
      return CompletableFuture.supplyAsync(() -> now(reading), scans)
          .thenCompose(Function.identity());
    } catch (RejectedExecutionException _) {
      return CompletableFuture.failedStage(
          scans.isShutdown()
              ? Gate.closed()
              : overload.refuse(SCANS_WAITING_MAX + " lists and searches are waiting already"));
    }
  }

  static StoreFailedException unreadable(RocksDBException e) {
    return new StoreFailedException("the store can't be read: " + e.getMessage(), e);
  }

  /** Waits for reads under way; those that wait find the store closed. */
  @Override
  public void close() {
    gate.close();
    scans.shutdown();
  }
}
