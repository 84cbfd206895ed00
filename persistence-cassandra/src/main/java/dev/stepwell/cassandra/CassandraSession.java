package dev.stepwell.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/**
 * A connection to the cluster, its keyspace prepared. Safe for use by many threads. Once closed, it
 * fails every call.
 */
final class CassandraSession implements AutoCloseable {

  private final CqlSession session;
  private final LongAdder statements = new LongAdder();

  private CassandraSession(CqlSession session) {
    this.session = session;
  }

  /**
   * Waits for Cassandra, and prepares the keyspace if need be.
   *
   * @throws CassandraStartException if Cassandra does not answer in time, or the keyspace is not
   *     ours to use
   */
  static CassandraSession open(CassandraConfig config) {
    var connections = new Connections(config);
    try (var session = connections.open(Optional.empty())) {
      new Migrations(session, config, Schema.steps()).run();
    }
    return new CassandraSession(connections.open(Optional.of(config.keyspace())));
  }

  /** A statement that may be sent again when its outcome is unknown: it does the same once more. */
  PreparedStatement prepareIdempotent(String cql) {
    return session.prepare(SimpleStatement.newInstance(cql).setIdempotent(true));
  }

  /** A statement that is sent once: a lightweight transaction, which could find its own effect. */
  PreparedStatement prepareOnce(String cql) {
    return session.prepare(SimpleStatement.newInstance(cql).setIdempotent(false));
  }

  /** Sends a statement. A batch counts as one. */
  CompletionStage<AsyncResultSet> execute(Statement<?> statement) {
    if (session.isClosed()) {
      return CompletableFuture.failedStage(closed());
    }
    statements.increment();
    return session.executeAsync(statement);
  }

  /** How many statements were sent so far. */
  long statements() {
    return statements.sum();
  }

  static IllegalStateException closed() {
    return new IllegalStateException("the store is closed");
  }

  /** Lets go of the connections. Waits for nothing that is under way. */
  @Override
  public void close() {
    session.close();
  }
}
