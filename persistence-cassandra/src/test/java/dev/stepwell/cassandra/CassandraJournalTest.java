package dev.stepwell.cassandra;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import dev.stepwell.cassandra.journal.CassandraJournal;
import dev.stepwell.cassandra.journal.JournalConfig;
import dev.stepwell.cassandra.owner.Clocks;
import dev.stepwell.cassandra.owner.ShardOwners;
import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.testkit.contract.JournalContract;

/** The journal does what every journal must. */
final class CassandraJournalTest extends JournalContract {

  @Override
  protected Store open() {
    return JournalStore.open();
  }

  /** A journal that owns everything. */
  private record JournalStore(
      CassandraSession session, ShardOwners owners, CassandraJournal journal, MemoryStore rest)
      implements Store {

    static JournalStore open() {
      var session = CassandraSession.open(Keyspace.fresh());
      var owners =
          ShardOwners.open(
              session, DefaultConsistencyLevel.LOCAL_SERIAL, Member.LEASE, Clocks.system());
      owners.take(Member.SHARD, () -> {}).toCompletableFuture().join();
      var journal =
          new CassandraJournal(
              session, owners, Member.PLACEMENT, new JournalConfig(4 << 10, 8, 64 << 20));
      return new JournalStore(session, owners, journal, new MemoryStore());
    }

    @Override
    public TimerStore timers() {
      return rest.timers();
    }

    @Override
    public RunIndex runs() {
      return rest.runs();
    }

    @Override
    public EventIndex events() {
      return rest.events();
    }

    @Override
    public void close() {
      journal.close();
      owners.close();
      session.close();
    }
  }
}
