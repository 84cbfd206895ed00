package dev.stepwell.cassandra.journal;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.engine.port.StoreOverloadedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows in groups: while some statements are under way, what comes waits, and then goes as one
 * statement as far as it fits. What costs is the statement, on both sides, and hardly the row.
 */
final class Groups {

  private final Cql cql;
  private final JournalConfig config;
  private final BiConsumer<Append, @Nullable Throwable> written;
  private final Waiting waiting;
  private final LongAdder statements = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private int underWay;
  private long bytes;

  /**
   * Groups that are sent by a connection.
   *
   * @param written is told what became of each row; on any thread
   */
  Groups(Cql cql, JournalConfig config, BiConsumer<Append, @Nullable Throwable> written) {
    this.cql = cql;
    this.config = config;
    this.written = written;
    waiting = new Waiting(config.batchBytes());
  }

  /**
   * Makes room for a write.
   *
   * @throws StoreOverloadedException if too much waits already
   */
  synchronized void reserve(int more) {
    if (bytes > 0 && bytes + more > config.waitingBytes()) {
      throw new StoreOverloadedException(bytes + " bytes of facts wait to be stored already");
    }
    bytes += more;
  }

  synchronized void giveBack(int less) {
    bytes -= less;
  }

  /** Sends a row, now or with the next statement. */
  void add(Append append) {
    synchronized (this) {
      waiting.add(append);
    }
    sendWaiting();
  }

  private void sendWaiting() {
    for (var group = next(); !group.isEmpty(); group = next()) {
      var sent = send(group).toCompletableFuture();
      if (sent.isDone()) {
        // In a loop, and not by its callback: of many that fail at once each would call the next.
        settle(group, failure(sent));
      } else {
        var taken = group;
        var _ =
            sent.whenComplete((_, failure) -> {
              settle(taken, failure);
              sendWaiting();
            });
      }
    }
  }

  private static @Nullable Throwable failure(CompletableFuture<?> done) {
    return done.isCompletedExceptionally() ? done.exceptionNow() : null;
  }

  /** Takes what may go as one statement; nothing if nothing waits, or enough is under way. */
  private synchronized List<Append> next() {
    if (underWay == config.groupsInFlight()) {
      return List.of();
    }
    var group = waiting.take();
    if (!group.isEmpty()) {
      underWay++;
    }
    return group;
  }

  private CompletionStage<AsyncResultSet> send(List<Append> group) {
    statements.increment();
    rows.add(group.size());
    try {
      return cql.execute(statement(group));
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static Statement<?> statement(List<Append> group) {
    if (group.size() == 1) {
      return group.getFirst().row;
    }
    var rows = group.stream().map(append -> append.row).toArray(BoundStatement[]::new);
    return BatchStatement.newInstance(DefaultBatchType.UNLOGGED, rows).setIdempotent(true);
  }

  private void settle(List<Append> group, @Nullable Throwable failure) {
    synchronized (this) {
      underWay--;
      group.forEach(append -> bytes -= append.bytes);
    }
    group.forEach(append -> written.accept(append, failure));
  }

  /** How many statements were sent, and with how many rows. */
  JournalFigures figures(long ignoredRows, long unacknowledged) {
    return new JournalFigures(statements.sum(), rows.sum(), ignoredRows, unacknowledged);
  }
}
