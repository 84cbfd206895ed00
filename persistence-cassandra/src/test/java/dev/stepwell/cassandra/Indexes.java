package dev.stepwell.cassandra;

import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.index.CassandraIndexes;
import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Timers, runs and events of a keyspace of their own, as a store whose journal is in memory. */
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

  private static final MemoryStore CLOSED = new MemoryStore();

  static {
    CLOSED.close();
  }

  private final CassandraConfig config = Keyspace.fresh();
  private final CassandraSession session = CassandraSession.open(config);

  private MemoryStore memory = new MemoryStore();

  CassandraSession session() {
    return session;
  }

  /** A store with nothing in it. */
  Store open() {
    empty();
    return open(session, InstantSource.system());
  }

  /** A store with what is there. */
  Store reopen() {
    return open(session, InstantSource.system());
  }

  Store open(Cql cql, InstantSource clock) {
    return open(cql, clock, config);
  }

  /** A store with some keys below {@code stepwell.cassandra} set otherwise. */
  Store open(Cql cql, InstantSource clock, Map<String, Object> settings) {
    return open(cql, clock, Keyspace.fresh(settings));
  }

  private Store open(Cql cql, InstantSource clock, CassandraConfig config) {
    var limits =
        new CassandraIndexes.Limits(
            Math.toIntExact(config.waitingBytesMax()),
            config.waitingReadsMax(),
            config.requestTimeout());
    return new IndexStore(new CassandraIndexes(cql, limits, clock), memory.journal());
  }

  void empty() {
    memory = new MemoryStore();
    CompletableFuture.allOf(TABLES.stream().map(this::empty).toArray(CompletableFuture<?>[]::new))
        .join();
  }

  /**
   * How many rows there are, up to a page.
   *
   * @param table and perhaps a condition
   */
  int rows(String table) {
    var select = session.prepareIdempotent("SELECT * FROM " + table);
    return session.execute(select.bind()).toCompletableFuture().join().remaining();
  }

  private CompletableFuture<?> empty(String table) {
    var truncate = session.prepareIdempotent("TRUNCATE " + table);
    return session.execute(truncate.bind()).toCompletableFuture();
  }

  @Override
  public void close() {
    session.close();
  }

  private static final class IndexStore implements Store {

    private final CassandraIndexes indexes;
    private final Journal kept;
    private boolean closed;

    IndexStore(CassandraIndexes indexes, Journal kept) {
      this.indexes = indexes;
      this.kept = kept;
    }

    @Override
    public Journal journal() {
      return closed ? CLOSED.journal() : kept;
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
      closed = true;
      indexes.close();
    }
  }
}
