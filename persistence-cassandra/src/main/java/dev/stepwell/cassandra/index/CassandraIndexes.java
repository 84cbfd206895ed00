package dev.stepwell.cassandra.index;

import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.cql.Grouping;
import dev.stepwell.cassandra.cql.Reads;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.TimerStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** The timers, runs and events of a keyspace. Safe for use by many threads. */
public final class CassandraIndexes implements AutoCloseable {

  /**
   * The rows of runs may gather for so long: nobody waits for them but their runs, who have nothing
   * else to do.
   */
  private static final Duration RUNS_GATHER = Duration.ofMillis(5);

  private final Reads reads;
  private final Grouping timerWrites;
  private final Grouping runWrites;
  private final Grouping eventWrites;
  private final TimerStore timers;
  private final RunIndex runs;
  private final EventIndex events;

  /**
   * What may wait or be under way; beyond it, calls are refused.
   *
   * @param writtenBytes of all writes
   * @param reads at once
   * @param closeMax how long closing waits for writes
   */
  public record Limits(int writtenBytes, int reads, Duration closeMax) {}

  /** All in one keyspace, whose tables are there. */
  public CassandraIndexes(Cql cql, Limits limits, InstantSource clock) {
    reads = new Reads(cql, limits.reads());
    var room = new Semaphore(limits.writtenBytes());
    Function<Duration, Grouping> grouping =
        gather -> new Grouping(cql, room, limits.writtenBytes(), limits.closeMax(), gather, clock);
    timerWrites = grouping.apply(Duration.ZERO);
    runWrites = grouping.apply(RUNS_GATHER);
    eventWrites = grouping.apply(Duration.ZERO);
    var notes = new SliceNotes(cql, clock);
    var slices = new Slices(cql, reads, new Later(reads, clock), clock);
    var entries = new Entries(cql, reads, slices);
    timers = new CassandraTimers(cql, reads, timerWrites, notes, slices);
    runs = new CassandraRuns(reads, runWrites, new RunTable(cql, reads), entries, notes, slices);
    events = events(cql, entries, notes, slices);
  }

  private EventIndex events(Cql cql, Entries entries, SliceNotes notes, Slices slices) {
    var chunks = new Chunks(cql, reads);
    var table = new EventTable(cql, reads, chunks);
    var instants = new EventInstants(cql, reads);
    var userIds = new UserIds(cql, reads);
    return new CassandraEvents(
        reads,
        eventWrites,
        notes,
        new EventWrites(table, instants, userIds, chunks, entries),
        new EventReads(reads, table, instants, entries, slices),
        new EventDeletions(reads, table, entries, slices),
        userIds);
  }

  public TimerStore timers() {
    return timers;
  }

  public RunIndex runs() {
    return runs;
  }

  public EventIndex events() {
    return events;
  }

  /** Waits for writes under way; refuses what comes. The connection stays open. */
  @Override
  public void close() {
    reads.close();
    timerWrites.close();
    runWrites.close();
    eventWrites.close();
  }
}
