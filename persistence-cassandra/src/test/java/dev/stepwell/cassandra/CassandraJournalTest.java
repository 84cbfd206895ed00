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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** The journal does what every journal must. */
@Tag("long")
final class CassandraJournalTest extends JournalContract {

  private static final List<String> TABLES = List.of("run_facts", "facts", "trims", "snapshots");

  /** One keyspace for all tests: its tables take longer to make than a test. */
  private static final CassandraSession SESSION = CassandraSession.open(Keyspace.fresh());

  @AfterAll
  static void closeSession() {
    SESSION.close();
  }

  @Override
  protected Store open() {
    CompletableFuture.allOf(
            TABLES.stream()
                .map(table -> SESSION.prepareIdempotent("TRUNCATE " + table).bind())
                .map(truncate -> SESSION.execute(truncate).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new))
        .join();
    return JournalStore.open(SESSION);
  }

  /** A journal that owns everything. */
  private record JournalStore(ShardOwners owners, CassandraJournal journal, MemoryStore rest)
      implements Store {

    static JournalStore open(CassandraSession session) {
      var owners =
          ShardOwners.open(
              session, DefaultConsistencyLevel.LOCAL_SERIAL, Member.LEASE, Clocks.system());
      owners.take(Member.SHARD, () -> {}).toCompletableFuture().join();
      var journal =
          new CassandraJournal(
              session, owners, Member.PLACEMENT, new JournalConfig(4 << 10, 8, 64 << 20));
      return new JournalStore(owners, journal, new MemoryStore());
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
    }
  }
}
