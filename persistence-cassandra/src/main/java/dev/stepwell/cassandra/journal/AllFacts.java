package dev.stepwell.cassandra.journal;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.engine.port.Journal.Entry;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Reads all facts of a keyspace, whoever owns them: for those who look from outside. What is
 * written meanwhile is read or not.
 */
public final class AllFacts {

  /** Takes what is read. */
  public interface Reader {

    /** All facts of a run, in order. */
    void run(Ulid runId, List<byte[]> facts);

    /** Something that must never be. */
    void fault(String persistenceId, String sentence);
  }

  /**
   * How much was read.
   *
   * @param others ids that are no runs'
   * @param facts of runs and of others
   * @param ignoredRows that came too late to count
   */
  public record Figures(long runs, long others, long facts, long ignoredRows) {}

  private static final int PAGE_ROWS = 1_000;

  private final Cql cql;
  private final KeptFacts kept;
  private final Reader into;
  private long runs;
  private long others;
  private long facts;
  private long ignoredRows;

  private AllFacts(Cql cql, Reader into) {
    this.cql = cql;
    this.into = into;
    kept = new KeptFacts(cql);
  }

  /** Reads everything; a page of it at a time is in memory. */
  public static Figures read(Cql cql, Reader into) {
    var all = new AllFacts(cql, into);
    all.readRuns();
    all.readOthers();
    return new Figures(all.runs, all.others, all.facts, all.ignoredRows);
  }

  /** The facts of a run, while its rows are read. */
  private final class OneRun {
    final String id;
    private final List<byte[]> read = new ArrayList<>();
    private final Replay replay;
    private boolean faulty;

    OneRun(String id) {
      this.id = id;
      replay =
          new Replay(
              new Chain(id, 0), 1, Long.MAX_VALUE, Long.MAX_VALUE, entry -> read.add(entry.fact()));
    }

    void row(Row row) {
      if (!faulty) {
        unlessFaulty(() -> replay.row(FactRow.of(row)));
      }
    }

    void end() {
      if (!faulty) {
        unlessFaulty(replay::end);
      }
      runs++;
      facts += read.size();
      ignoredRows += replay.chain().ignored();
      if (!faulty) {
        into.run(Ulid.parse(id), read);
      }
    }

    private void unlessFaulty(Runnable step) {
      try {
        step.run();
      } catch (IllegalStateException e) {
        faulty = true;
        into.fault(id, String.valueOf(e.getMessage()));
      }
    }
  }

  private void readRuns() {
    var open = new ArrayList<OneRun>(1);
    forEach(
        "SELECT " + FactRow.COLUMNS + ", facts, run FROM run_facts",
        row -> {
          var id = row.getString(7);
          if (open.isEmpty() || !open.getFirst().id.equals(id)) {
            open.forEach(OneRun::end);
            open.clear();
            open.add(new OneRun(String.valueOf(id)));
          }
          open.getFirst().row(row);
        });
    open.forEach(OneRun::end);
  }

  private void readOthers() {
    var lastChunks = new HashMap<String, Long>();
    forEach(
        "SELECT DISTINCT id, chunk FROM facts",
        row -> lastChunks.merge(String.valueOf(row.getString(0)), row.getLong(1), Math::max));
    var snapshots = new HashMap<String, Long>();
    forEach(
        "SELECT id, seq FROM snapshots PER PARTITION LIMIT 1",
        row -> snapshots.put(String.valueOf(row.getString(0)), row.getLong(1)));
    // What has a snapshot has facts, or has had some.
    snapshots.keySet().forEach(id -> lastChunks.putIfAbsent(id, 0L));
    lastChunks.forEach((id, lastChunk) -> readOther(id, lastChunk, snapshots));
  }

  private void readOther(String id, long lastChunk, Map<String, Long> snapshots) {
    others++;
    try {
      var chain =
          kept.replay(
                  id,
                  after ->
                      new Replay(
                          new Chain(id, after), 1, Long.MAX_VALUE, Long.MAX_VALUE, this::count))
              .toCompletableFuture()
              .join();
      ignoredRows += chain.ignored();
      if (lastChunk > KeptFacts.chunk(chain.last() + 1)) {
        into.fault(id, "facts behind number %d, its last, are there".formatted(chain.last()));
      }
      if (snapshots.getOrDefault(id, 0L) > chain.last()) {
        into.fault(
            id,
            "its snapshot has facts up to %d; the last that is there is %d"
                .formatted(snapshots.get(id), chain.last()));
      }
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof IllegalStateException broken)) {
        throw e;
      }
      into.fault(id, String.valueOf(broken.getMessage()));
    }
  }

  private void count(Entry entry) {
    facts++;
  }

  private void forEach(String select, Consumer<Row> into) {
    var statement = SimpleStatement.newInstance(select).setIdempotent(true).setPageSize(PAGE_ROWS);
    var page = cql.execute(statement).toCompletableFuture().join();
    page.currentPage().forEach(into);
    while (page.hasMorePages()) {
      page = page.fetchNextPage().toCompletableFuture().join();
      page.currentPage().forEach(into);
    }
  }
}
