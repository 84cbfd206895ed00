package dev.stepwell.cassandra.journal;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.owner.Claim;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * The facts of what lives for ever: partitions, registries, queues. An id's facts are in chunks of
 * sequence numbers, so that trimming deletes whole partitions.
 *
 * <p>Up to where an id is trimmed is written down before anything is deleted, and the place where
 * the last trimming began is forgotten after: whatever a crash left is deleted the next time.
 *
 * <p>All changes carry the stamps of {@link Claim}: a deletion that arrives late, from an earlier
 * owner or an earlier epoch, deletes nothing that was written since.
 */
final class KeptFacts {

  /** Facts in a partition. Never changes. */
  static final long CHUNK = 256;

  /** Deletions in one statement. */
  private static final int DELETIONS_MAX = 50;

  private final Cql cql;
  private final PreparedStatement insert;
  private final PreparedStatement insertFirst;
  private final PreparedStatement insertPart;
  private final PreparedStatement insertSeal;
  private final PreparedStatement select;
  private final PreparedStatement selectKeys;
  private final PreparedStatement deleteChunk;
  private final PreparedStatement deleteBefore;
  private final PreparedStatement trims;
  private final PreparedStatement trim;
  private final PreparedStatement deleteTrims;

  KeptFacts(Cql cql) {
    this.cql = cql;
    var into = "INSERT INTO facts (id, chunk, seq, epoch, part, ";
    insert =
        cql.prepareIdempotent(
            into + "count, facts) VALUES (?, ?, ?, ?, 0, ?, ?) USING TIMESTAMP ?");
    insertFirst =
        cql.prepareIdempotent(
            into + "count, parts, facts) VALUES (?, ?, ?, ?, 0, ?, ?, ?) USING TIMESTAMP ?");
    insertPart = cql.prepareIdempotent(into + "facts) VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    insertSeal =
        cql.prepareIdempotent(into + "sealed) VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    var ofChunk = " FROM facts WHERE id = ? AND chunk = ?";
    select = cql.prepareIdempotent("SELECT " + FactRow.COLUMNS + ", facts" + ofChunk);
    selectKeys = cql.prepareIdempotent("SELECT " + FactRow.COLUMNS + ofChunk);
    var delete = "DELETE FROM facts USING TIMESTAMP ? WHERE id = ? AND chunk = ?";
    deleteChunk = cql.prepareIdempotent(delete);
    deleteBefore = cql.prepareIdempotent(delete + " AND seq < ?");
    trims = cql.prepareIdempotent("SELECT upto, start FROM trims WHERE id = ?");
    trim =
        cql.prepareIdempotent(
            "INSERT INTO trims (id, upto, start) VALUES (?, ?, ?) USING TIMESTAMP ?");
    deleteTrims =
        cql.prepareIdempotent("DELETE FROM trims USING TIMESTAMP ? WHERE id = ? AND upto < ?");
  }

  FactPlace at(String id, Claim claim) {
    return new Place(id, claim);
  }

  static long chunk(long seq) {
    return seq / CHUNK;
  }

  /**
   * Up to where an id is trimmed.
   *
   * @param to all up to that number, included, is deleted
   * @param start the number at which the first row begins that has more
   * @param dirtyFrom of rows that begin there or later, and before {@code start}, some may be left
   */
  private record Trimmed(long to, long start, long dirtyFrom) {
    static final Trimmed NOT = new Trimmed(0, 1, 1);
  }

  private CompletionStage<Trimmed> trimmed(String id) {
    var found = new ArrayList<Row>();
    return cql.execute(trims.bind(id))
        .thenCompose(page -> Rows.forEach(page, found::add))
        .thenApply(_ -> {
          if (found.isEmpty()) {
            return Trimmed.NOT;
          }
          var newest = found.getFirst();
          return new Trimmed(newest.getLong(0), newest.getLong(1), found.getLast().getLong(1));
        });
  }

  /** Reads chunk after chunk, until one has nothing that goes on. */
  private CompletionStage<Chain> read(
      PreparedStatement statement, String id, long chunk, Chain chain, Consumer<FactRow> into) {
    return cql.execute(statement.bind(id, chunk))
        .thenCompose(page -> Rows.forEach(page, row -> into.accept(FactRow.of(row))))
        .thenCompose(_ -> {
          var next = chunk(chain.last() + 1);
          return next > chunk
              ? read(statement, id, next, chain, into)
              : CompletableFuture.completedStage(chain);
        });
  }

  /** Reads all of an id that is not deleted: see {@link FactPlace#replay}. */
  CompletionStage<Chain> replay(String id, LongFunction<Replay> begin) {
    return trimmed(id)
        .thenCompose(trimmed -> {
          var replay = begin.apply(trimmed.to());
          return read(select, id, chunk(trimmed.start()), replay.chain(), replay::row)
              .thenApply(_ -> replay.end());
        });
  }

  /** Reads where the rows that count begin and end. */
  private CompletionStage<Extent> extent(String id) {
    return trimmed(id)
        .thenCompose(trimmed -> {
          var chain = new Chain(id, trimmed.to());
          var rows = new ArrayList<FactRow>();
          return read(
                  selectKeys,
                  id,
                  chunk(trimmed.start()),
                  chain,
                  row -> {
                    if (chain.accept(row)) {
                      rows.add(row);
                    }
                  })
              .thenApply(_ -> {
                chain.end();
                return new Extent(trimmed, rows, chain.last());
              });
        });
  }

  /** The rows of an id, without their facts. */
  private record Extent(Trimmed trimmed, List<FactRow> rows, long last) {

    /** The number at which the first row begins that has more than those up to {@code to}. */
    long startAfter(long to) {
      return rows.stream()
          .filter(row -> row.seq() + row.count() > to + 1)
          .mapToLong(FactRow::seq)
          .findFirst()
          .orElse(last + 1);
    }
  }

  /** Deletes the facts up to a number, as far as there are any. */
  CompletionStage<Void> deleteTo(String id, long to, Claim claim) {
    return extent(id)
        .thenCompose(extent -> {
          var before = extent.trimmed();
          var last = Math.max(before.to(), Math.min(to, extent.last()));
          if (last == before.to() && before.start() == before.dirtyFrom()) {
            return CompletableFuture.completedStage(null);
          }
          var start = extent.startAfter(last);
          return cql.execute(trim.bind(id, last, start, claim.stamp()))
              .thenCompose(_ -> inOrder(deletions(id, before.dirtyFrom(), start, claim)))
              .thenCompose(_ -> cql.execute(deleteTrims.bind(claim.stamp(), id, last)))
              .thenAccept(_ -> {});
        });
  }

  /** Deletes the rows that begin from {@code from} on and before {@code until}. */
  private List<BatchableStatement<?>> deletions(String id, long from, long until, Claim claim) {
    var statements = new ArrayList<BatchableStatement<?>>();
    for (var chunk = chunk(from); chunk < chunk(until); chunk++) {
      statements.add(deleteChunk.bind(claim.stamp(), id, chunk));
    }
    statements.add(deleteBefore.bind(claim.stamp(), id, chunk(until), until));
    return statements;
  }

  /** Forgets an id. If it fails, what is left must not be taken for what is written next. */
  CompletionStage<Void> purge(String id, Claim claim) {
    return extent(id)
        .thenCompose(extent -> {
          var statements = new ArrayList<BatchableStatement<?>>();
          // From the end on; and what came too late may be behind the end.
          var first = chunk(extent.trimmed().dirtyFrom());
          for (var chunk = chunk(extent.last()) + 1; chunk >= first; chunk--) {
            statements.add(deleteChunk.bind(claim.stamp(), id, chunk));
          }
          statements.add(deleteTrims.bind(claim.stamp(), id, Long.MAX_VALUE));
          return inOrder(statements);
        });
  }

  private CompletionStage<Void> inOrder(List<BatchableStatement<?>> statements) {
    if (statements.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    var some = statements.subList(0, Math.min(DELETIONS_MAX, statements.size()));
    var batch = BatchStatement.newInstance(DefaultBatchType.UNLOGGED, some).setIdempotent(true);
    return cql.execute(batch)
        .thenCompose(_ -> inOrder(statements.subList(some.size(), statements.size())));
  }

  private final class Place implements FactPlace {
    private final String id;
    private final Claim claim;

    private Place(String id, Claim claim) {
      this.id = id;
      this.claim = claim;
    }

    @Override
    public Object partition(long seq) {
      return List.of(id, chunk(seq));
    }

    @Override
    public BoundStatement row(long seq, long epoch, int count, int parts, ByteBuffer bytes) {
      var stamp = claim.stamp();
      return parts == 1
          ? insert.bind(id, chunk(seq), seq, epoch, count, bytes, stamp)
          : insertFirst.bind(id, chunk(seq), seq, epoch, count, parts, bytes, stamp);
    }

    @Override
    public BoundStatement part(long seq, long epoch, int part, ByteBuffer bytes) {
      return insertPart.bind(id, chunk(seq), seq, epoch, part, bytes, claim.stamp());
    }

    @Override
    public BoundStatement seal(Chain.Tip tip, long epoch) {
      return insertSeal.bind(
          id, chunk(tip.seq()), tip.seq(), epoch, FactRow.SEAL, tip.epoch(), claim.stamp());
    }

    @Override
    public CompletionStage<Chain> replay(LongFunction<Replay> begin) {
      return KeptFacts.this.replay(id, begin);
    }
  }
}
