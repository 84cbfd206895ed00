package dev.stepwell.cassandra.cql;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.stepwell.engine.port.StoreOverloadedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Reads that take several statements, each written as a sequence of them: it has a virtual thread
 * of its own, on which it waits for Cassandra.
 */
public final class Reads implements AutoCloseable {

  private final Cql cql;
  private final int max;
  private final Semaphore room;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("stepwell-read-", 0).factory());
  private volatile boolean closed;

  /**
   * Reads from a keyspace.
   *
   * @param max that may be under way at once; beyond it they are refused
   */
  public Reads(Cql cql, int max) {
    this.cql = cql;
    this.max = max;
    room = new Semaphore(max);
  }

  /**
   * Reads soon, elsewhere. What goes wrong fails the stage, with {@link StoreOverloadedException}
   * if too many reads are under way.
   */
  public <T> CompletionStage<T> read(Supplier<T> reading) {
    if (closed) {
      return CompletableFuture.failedStage(Grouping.closed());
    }
    if (!room.tryAcquire()) {
      return CompletableFuture.failedStage(
          new StoreOverloadedException(max + " reads of Cassandra are under way already"));
    }
    return CompletableFuture.supplyAsync(reading, threads).whenComplete((_, _) -> room.release());
  }

  /** Reads several things at once. To be called inside a reading. */
  public <T> List<T> together(List<Supplier<T>> readings) {
    if (readings.size() == 1) {
      return List.of(readings.getFirst().get());
    }
    var begun = readings.stream().map(one -> CompletableFuture.supplyAsync(one, threads)).toList();
    var results = new ArrayList<T>(begun.size());
    for (var one : begun) {
      results.add(one.join());
    }
    return results;
  }

  /** The rows that a statement gives, page by page. To be called inside a reading. */
  public Iterable<Row> rows(Statement<?> statement) {
    var first = await(cql.execute(statement));
    return () -> new Pages(first);
  }

  /** Sends a statement that gives nothing. To be called inside a reading. */
  public void send(Statement<?> statement) {
    var _ = await(cql.execute(statement));
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Lets nobody begin any more. Those under way fail when the connection is closed. */
  @Override
  public void close() {
    closed = true;
    threads.shutdown();
  }

  private static final class Pages implements Iterator<Row> {

    private AsyncResultSet page;
    private Iterator<Row> rows;

    Pages(AsyncResultSet first) {
      page = first;
      rows = first.currentPage().iterator();
    }

    @Override
    public boolean hasNext() {
      while (!rows.hasNext() && page.hasMorePages()) {
        page = await(page.fetchNextPage());
        rows = page.currentPage().iterator();
      }
      return rows.hasNext();
    }

    @Override
    public Row next() {
      // Says for itself that there is none.
      var _ = hasNext();
      return rows.next();
    }
  }
}
