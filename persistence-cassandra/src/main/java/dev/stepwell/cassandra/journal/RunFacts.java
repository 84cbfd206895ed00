package dev.stepwell.cassandra.journal;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.stepwell.cassandra.cql.Cql;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * The facts of runs: written for a while, read as a whole, and deleted as a whole long after. So
 * their order in time needs no stamps, as {@link KeptFacts} do: no clock is wrong by so much.
 */
final class RunFacts {

  /** In one statement, which is one change of one partition. */
  private static final int DELETIONS_MAX = 200;

  private final Cql cql;
  private final PreparedStatement insert;
  private final PreparedStatement insertFirst;
  private final PreparedStatement insertPart;
  private final PreparedStatement insertSeal;
  private final PreparedStatement select;
  private final PreparedStatement delete;

  RunFacts(Cql cql) {
    this.cql = cql;
    var into = "INSERT INTO run_facts (slot, minute, run, seq, epoch, part, ";
    insert = cql.prepareIdempotent(into + "count, facts) VALUES (?, ?, ?, ?, ?, 0, ?, ?)");
    insertFirst =
        cql.prepareIdempotent(into + "count, parts, facts) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)");
    insertPart = cql.prepareIdempotent(into + "facts) VALUES (?, ?, ?, ?, ?, ?, ?)");
    insertSeal = cql.prepareIdempotent(into + "sealed) VALUES (?, ?, ?, ?, ?, ?, ?)");
    var ofRun = " FROM run_facts WHERE slot = ? AND minute = ? AND run = ?";
    select = cql.prepareIdempotent("SELECT " + FactRow.COLUMNS + ", facts" + ofRun);
    delete = cql.prepareIdempotent("DELETE" + ofRun);
  }

  FactPlace at(RunKey key) {
    return new Place(key);
  }

  /** Deletes runs. */
  CompletionStage<Void> purge(List<RunKey> keys) {
    var byPartition = keys.stream().collect(Collectors.groupingBy(RunKey::partition));
    var batches = new ArrayList<CompletableFuture<?>>();
    for (var runs : byPartition.values()) {
      for (var from = 0; from < runs.size(); from += DELETIONS_MAX) {
        var some = runs.subList(from, Math.min(runs.size(), from + DELETIONS_MAX));
        batches.add(cql.execute(deletion(some)).toCompletableFuture());
      }
    }
    return CompletableFuture.allOf(batches.toArray(CompletableFuture<?>[]::new));
  }

  private BatchStatement deletion(List<RunKey> runs) {
    var batch = BatchStatement.builder(DefaultBatchType.UNLOGGED).setIdempotence(true);
    for (var run : runs) {
      var partition = run.partition();
      batch.addStatement(delete.bind(partition.slot(), partition.minute(), run.run().toString()));
    }
    return batch.build();
  }

  private final class Place implements FactPlace {
    private final RunKey key;
    private final String run;

    private Place(RunKey key) {
      this.key = key;
      run = key.run().toString();
    }

    @Override
    public Object partition(long seq) {
      return key.partition();
    }

    @Override
    public BoundStatement row(long seq, long epoch, int count, int parts, ByteBuffer bytes) {
      return parts == 1
          ? insert.bind(slot(), minute(), run, seq, epoch, count, bytes)
          : insertFirst.bind(slot(), minute(), run, seq, epoch, count, parts, bytes);
    }

    @Override
    public BoundStatement part(long seq, long epoch, int part, ByteBuffer bytes) {
      return insertPart.bind(slot(), minute(), run, seq, epoch, part, bytes);
    }

    @Override
    public BoundStatement seal(Chain.Tip tip, long epoch) {
      return insertSeal.bind(slot(), minute(), run, tip.seq(), epoch, FactRow.SEAL, tip.epoch());
    }

    @Override
    public CompletionStage<Chain> replay(LongFunction<Replay> begin) {
      var replay = begin.apply(0);
      return cql.execute(select.bind(slot(), minute(), run))
          .thenCompose(page -> Rows.forEach(page, row -> replay.row(FactRow.of(row))))
          .thenApply(_ -> replay.end());
    }

    private int slot() {
      return key.partition().slot();
    }

    private long minute() {
      return key.partition().minute();
    }
  }
}
