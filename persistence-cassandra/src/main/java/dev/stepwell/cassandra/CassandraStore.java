package dev.stepwell.cassandra;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.typesafe.config.Config;
import dev.stepwell.cassandra.index.CassandraIndexes;
import dev.stepwell.cassandra.journal.CassandraJournal;
import dev.stepwell.cassandra.journal.JournalConfig;
import dev.stepwell.cassandra.journal.JournalFigures;
import dev.stepwell.cassandra.owner.Clocks;
import dev.stepwell.cassandra.owner.LeaseConfig;
import dev.stepwell.cassandra.owner.NotOwnerException;
import dev.stepwell.cassandra.owner.ShardOwners;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.Ownership;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Shard;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All that is durable, in a keyspace that the processes of a cluster share. */
public final class CassandraStore implements Store {

  private final CassandraSession session;

  /** A lease must be renewed whatever else waits. */
  private final CassandraSession leaseSession;

  private final ShardOwners owners;
  private final CassandraJournal journal;
  private final CassandraIndexes indexes;
  private final OwnedTimers timers;
  private boolean closed;

  private CassandraStore(
      CassandraSession session,
      CassandraSession leaseSession,
      ShardOwners owners,
      CassandraJournal journal,
      CassandraIndexes indexes) {
    this.session = session;
    this.leaseSession = leaseSession;
    this.owners = owners;
    this.journal = journal;
    this.indexes = indexes;
    timers = new OwnedTimers(indexes.timers(), owners);
  }

  /**
   * Waits for Cassandra, prepares the keyspace if need be, and begins a lease for this process.
   *
   * @param root with {@code stepwell.cassandra}
   * @param placement the shard of a persistence id
   * @throws CassandraStartException if Cassandra does not answer in time, or the keyspace is not
   *     ours to use
   */
  public static CassandraStore open(Config root, Function<String, Shard> placement, Clocks clocks) {
    var config = CassandraConfig.of(root);
    var session = CassandraSession.open(config);
    var leaseSession = CassandraSession.connect(config);
    try {
      var serial = DefaultConsistencyLevel.valueOf(config.serialConsistency());
      var owners = ShardOwners.open(leaseSession, serial, LeaseConfig.of(root), clocks);
      var journal = new CassandraJournal(session, owners, placement, JournalConfig.of(root));
      var limits =
          new CassandraIndexes.Limits(
              Math.toIntExact(config.waitingBytesMax()),
              config.waitingReadsMax(),
              config.requestTimeout());
      var indexes = new CassandraIndexes(session, limits, clocks.wall());
      return new CassandraStore(session, leaseSession, owners, journal, indexes);
    } catch (RuntimeException e) {
      leaseSession.close();
      session.close();
      throw e;
    }
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public TimerStore timers() {
    return timers;
  }

  @Override
  public RunIndex runs() {
    return indexes.runs();
  }

  @Override
  public EventIndex events() {
    return indexes.events();
  }

  @Override
  public Optional<Ownership> ownership() {
    return Optional.of(owners);
  }

  @Override
  public Optional<RuntimeException> failure() {
    var ended = owners.ended().toCompletableFuture();
    return ended.isDone() ? Optional.of(new NotOwnerException(ended.join())) : Optional.empty();
  }

  public JournalFigures figures() {
    return journal.figures();
  }

  /** How many statements were sent, but for those that keep the lease; and what the journal did. */
  @Override
  public Map<String, Long> counters() {
    var facts = journal.figures();
    return Map.of(
        "statements", session.statements(),
        "fact_statements", facts.statements(),
        "fact_rows", facts.rows(),
        "ignored_fact_rows", facts.ignoredRows(),
        "unacknowledged_writes", facts.unacknowledged());
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    journal.close();
    indexes.close();
    owners.close();
    leaseSession.close();
    session.close();
  }
}
