package dev.stepwell.cassandra;

import dev.stepwell.cassandra.index.CassandraIndexes;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Timers, runs and events of a keyspace of their own, as a store without a journal. */
final class Indexes implements AutoCloseable {

  private static final List<String> TABLES =
      List.of(
          "slices",
          "slice_days",
          "timers",
          "list_entries",
          "runs",
          "events",
          "event_instants",
          "chunks",
          "user_ids");

  private final CassandraConfig config = Keyspace.fresh();
  private final CassandraSession session = CassandraSession.open(config);

  CassandraSession session() {
    return session;
  }

  /** A store with nothing in it. */
  Store open() {
    TABLES.forEach(this::empty);
    return open(InstantSource.system());
  }

  /** A store with what is there. */
  Store open(InstantSource clock) {
    var limits =
        new CassandraIndexes.Limits(
            Math.toIntExact(config.waitingBytesMax()),
            config.waitingReadsMax(),
            Duration.ofSeconds(30));
    return new JournalLess(new CassandraIndexes(session, limits, clock));
  }

  private void empty(String table) {
    var truncate = session.prepareIdempotent("TRUNCATE " + table);
    session.execute(truncate.bind()).toCompletableFuture().join();
  }

  @Override
  public void close() {
    session.close();
  }

  private record JournalLess(CassandraIndexes indexes) implements Store {
    @Override
    public Journal journal() {
      throw new UnsupportedOperationException("no journal");
    }

    @Override
    public TimerStore timers() {
      return indexes.timers();
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
    public void close() {
      indexes.close();
    }
  }
}
