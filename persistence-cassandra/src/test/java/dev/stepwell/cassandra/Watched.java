package dev.stepwell.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.stepwell.cassandra.cql.Cql;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Passes statements on to a keyspace, remembers them, and can be held up. */
final class Watched implements Cql {

  private final Cql cql;
  private final List<Statement<?>> sent = new ArrayList<>();
  private CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  Watched(Cql cql) {
    this.cql = cql;
  }

  @Override
  public PreparedStatement prepareIdempotent(String query) {
    return cql.prepareIdempotent(query);
  }

  @Override
  public PreparedStatement prepareOnce(String query) {
    return cql.prepareOnce(query);
  }

  @Override
  public synchronized CompletionStage<AsyncResultSet> execute(Statement<?> statement) {
    sent.add(statement);
    return gate.thenCompose(_ -> cql.execute(statement));
  }

  /** From now on nothing is passed on until the gate is opened. */
  synchronized void hold() {
    gate = new CompletableFuture<>();
  }

  void release() {
    CompletableFuture<Void> held;
    synchronized (this) {
      held = gate;
    }
    held.complete(null);
  }

  /** What was sent since this was asked last. */
  synchronized List<Statement<?>> sent() {
    var all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  /** The single statements of a batch. */
  static List<BoundStatement> parts(Statement<?> statement) {
    var parts = new ArrayList<BoundStatement>();
    if (statement instanceof BatchStatement batch) {
      batch.forEach(part -> parts.add((BoundStatement) part));
    } else {
      parts.add((BoundStatement) statement);
    }
    return parts;
  }

  /** The text of a statement, or of the first of a batch. */
  static String text(Statement<?> statement) {
    return parts(statement).getFirst().getPreparedStatement().getQuery();
  }

  /** The partitions that a statement writes to. */
  static long partitions(Statement<?> statement) {
    return parts(statement).stream()
        .map(part -> part.getPreparedStatement().getQuery() + part.getRoutingKey())
        .distinct()
        .count();
  }

  /** The bytes of a statement's values. */
  static int bytes(Statement<?> statement) {
    var bytes = 0;
    for (var part : parts(statement)) {
      for (var i = 0; i < part.size(); i++) {
        var value = part.getBytesUnsafe(i);
        bytes += value == null ? 0 : value.remaining();
      }
    }
    return bytes;
  }
}
