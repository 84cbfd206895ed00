package dev.stepwell.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.stepwell.cassandra.cql.Cql;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/**
 * A connection to the cluster, its keyspace prepared. Safe for use by many threads. Once closed, it
 * fails every call.
 */
final class CassandraSession implements Cql, AutoCloseable {

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

  /** A connection of its own to a keyspace that is prepared. */
  static CassandraSession connect(CassandraConfig config) {
    return new CassandraSession(new Connections(config).open(Optional.of(config.keyspace())));
  }

  @Override
  public PreparedStatement prepareIdempotent(String cql) {
    return session.prepare(SimpleStatement.newInstance(cql).setIdempotent(true));
  }

  @Override
  public PreparedStatement prepareOnce(String cql) {
    return session.prepare(SimpleStatement.newInstance(cql).setIdempotent(false));
  }

  @Override
  public CompletionStage<AsyncResultSet> execute(Statement<?> statement) {
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
