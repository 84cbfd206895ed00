package dev.stepwell.cassandra.journal;

import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.owner.Claim;
import dev.stepwell.cassandra.owner.NotOwnerException;
import dev.stepwell.cassandra.owner.ShardOwners;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.Shard;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in tables. It takes facts from the owner of their shard only, and acknowledges them
 * only if the shard was still owned when they had been stored: see ADR 0013.
 */
public final class CassandraJournal implements Journal, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CassandraJournal.class);
  private static final long CLOSE_WITHIN_SECONDS = 10;
  private static final CompletionStage<Void> ALLOWED = CompletableFuture.completedFuture(null);

  private final Cql cql;
  private final ShardOwners owners;
  private final Function<String, Shard> placement;
  private final RunFacts runs;
  private final KeptFacts kept;
  private final Snapshots snapshots;
  private final Groups groups;

  /** By persistence id; no id has more than one. */
  private final Map<String, Append> underWay = new ConcurrentHashMap<>();

  private final LongAdder ignoredRows = new LongAdder();
  private final LongAdder unacknowledged = new LongAdder();
  private volatile boolean closed;

  /**
   * The journal behind a connection.
   *
   * @param placement the shard of a persistence id; throws {@link IllegalArgumentException} if it
   *     has none
   */
  public CassandraJournal(
      Cql cql, ShardOwners owners, Function<String, Shard> placement, JournalConfig config) {
    this.cql = cql;
    this.owners = owners;
    this.placement = placement;
    runs = new RunFacts(cql);
    kept = new KeptFacts(cql);
    snapshots = new Snapshots(cql);
    groups = new Groups(cql, config, this::written);
  }

  public JournalFigures figures() {
    return groups.figures(ignoredRows.sum(), unacknowledged.sum());
  }

  @Override
  public CompletionStage<Void> append(
      String persistenceId, long firstSequenceNr, List<byte[]> facts) {
    return owned(
        persistenceId,
        claim -> {
          checkCertain(persistenceId, claim);
          var allowed =
              firstSequenceNr == 1 && RunKey.isRun(persistenceId)
                  ? claim.begins(RunKey.of(persistenceId).run())
                  : ALLOWED;
          var place = place(persistenceId, claim);
          var bytes = FactBytes.encode(facts);
          groups.reserve(bytes.length);
          var parts = FactBytes.parts(bytes);
          var epoch = claim.epoch();
          var append =
              new Append(
                  persistenceId,
                  claim,
                  epoch,
                  place.partition(firstSequenceNr),
                  place.row(firstSequenceNr, epoch, facts.size(), parts.size(), parts.getFirst()),
                  bytes.length);
          if (parts.size() == 1 && allowed.toCompletableFuture().state() == Future.State.SUCCESS) {
            send(append);
          } else {
            underWay.put(persistenceId, append);
            // The row with the first part makes the others count.
            addAfter(
                allowed.thenCompose(_ -> writePart(append, place, firstSequenceNr, parts, 1)),
                append);
          }
          return append;
        });
  }

  /**
   * A write in the place of one that is in doubt would be in the same row, if the epoch is not
   * raised yet; and whoever has read the first would find the second.
   */
  private static void checkCertain(String persistenceId, Claim claim) {
    if (claim.isInDoubt(persistenceId)) {
      throw new IllegalStateException(
          persistenceId + ": must be read first, for a write before this one is in doubt");
    }
  }

  private void send(Append append) {
    underWay.put(append.persistenceId, append);
    groups.add(append);
  }

  private void addAfter(CompletionStage<Void> before, Append append) {
    var _ =
        before.whenComplete((_, failure) -> {
          if (failure == null) {
            groups.add(append);
          } else {
            groups.giveBack(append.bytes);
            written(append, failure);
          }
        });
  }

  private CompletionStage<Void> writePart(
      Append append, FactPlace place, long seq, List<ByteBuffer> parts, int part) {
    if (part == parts.size()) {
      return CompletableFuture.completedStage(null);
    }
    return cql.execute(place.part(seq, append.epoch, part, parts.get(part)))
        .thenCompose(_ -> writePart(append, place, seq, parts, part + 1));
  }

  private void written(Append append, @Nullable Throwable failure) {
    // Nobody reads the id before this: first the epoch is superseded, then the write is over.
    if (failure == null && append.claim.holds()) {
      underWay.remove(append.persistenceId, append);
      append.complete(null);
      return;
    }
    unacknowledged.increment();
    append.claim.doubt(append.persistenceId, append.epoch);
    underWay.remove(append.persistenceId, append);
    append.completeExceptionally(
        failure == null
            ? new NotAcknowledgedException(
                append.persistenceId + ": stored, but perhaps too late for its owner's lease")
            : new NotAcknowledgedException(
                append.persistenceId + ": stored or not, nobody knows", failure));
  }

  @Override
  public boolean isNew(String persistenceId) {
    return RunKey.isRun(persistenceId)
        && owners
            .find(placement.apply(persistenceId))
            .filter(claim -> claim.isNew(RunKey.of(persistenceId).run()))
            .isPresent();
  }

  @Override
  public CompletionStage<Long> replay(
      String persistenceId, long from, long to, long max, Consumer<Entry> into) {
    return read(
        persistenceId,
        claim -> {
          var place = place(persistenceId, claim);
          return place
              .replay(
                  deletedTo -> new Replay(new Chain(persistenceId, deletedTo), from, to, max, into))
              .thenCompose(chain -> {
                count(persistenceId, chain.ignored());
                return seal(persistenceId, place, chain, claim).thenApply(_ -> chain.last());
              });
        });
  }

  private void count(String persistenceId, long ignored) {
    if (ignored > 0) {
      ignoredRows.add(ignored);
      LOG.warn(
          "{}: {} rows do not count; they came too late, and were never acknowledged",
          persistenceId,
          ignored);
    }
  }

  /** Makes sure that what was read stays as it is; most often it is certain already. */
  private CompletionStage<Void> seal(
      String persistenceId, FactPlace place, Chain chain, Claim claim) {
    if (!chain.isToBeSealed(claim.taken(), claim.isInDoubt(persistenceId))) {
      return CompletableFuture.completedStage(null);
    }
    var tip = chain.tip();
    var epoch = claim.epoch();
    var seal =
        new Append(
            persistenceId, claim, epoch, place.partition(tip.seq()), place.seal(tip, epoch), 0);
    send(seal);
    return seal.thenAccept(_ -> claim.settle(persistenceId));
  }

  @Override
  public CompletionStage<Void> deleteTo(String persistenceId, long to) {
    checkKept(persistenceId);
    return owned(persistenceId, claim -> kept.deleteTo(persistenceId, to, claim));
  }

  @Override
  public CompletionStage<Void> saveSnapshot(String persistenceId, Snapshot snapshot) {
    checkKept(persistenceId);
    return owned(
        persistenceId,
        claim ->
            snapshots
                .save(persistenceId, snapshot, claim)
                .thenAccept(_ -> checkStill(persistenceId, claim)));
  }

  @Override
  public CompletionStage<Optional<Snapshot>> loadSnapshot(
      String persistenceId, long maxSequenceNr) {
    return RunKey.isRun(persistenceId)
        ? CompletableFuture.completedStage(Optional.empty())
        : read(persistenceId, _ -> snapshots.load(persistenceId, maxSequenceNr));
  }

  @Override
  public CompletionStage<Void> deleteSnapshots(String persistenceId, long maxSequenceNr) {
    checkKept(persistenceId);
    return owned(persistenceId, claim -> snapshots.deleteTo(persistenceId, maxSequenceNr, claim));
  }

  /** Runs are purged by whoever deletes what is old, wherever they were. */
  @Override
  public CompletionStage<Void> purge(List<String> persistenceIds) {
    var keys = new ArrayList<RunKey>();
    var stages = new ArrayList<CompletableFuture<?>>();
    for (var id : persistenceIds) {
      if (RunKey.isRun(id)) {
        keys.add(RunKey.of(id));
      } else {
        stages.add(owned(id, claim -> purge(id, claim)).toCompletableFuture());
      }
    }
    stages.add(runs.purge(keys).toCompletableFuture());
    return CompletableFuture.allOf(stages.toArray(CompletableFuture<?>[]::new));
  }

  private CompletionStage<Void> purge(String id, Claim claim) {
    var epoch = claim.epoch();
    return kept.purge(id, claim)
        .thenCompose(_ -> snapshots.deleteTo(id, Long.MAX_VALUE, claim))
        .whenComplete((_, failure) -> {
          if (failure != null) {
            // What is left must not be taken for a part of what is written next.
            claim.supersede(epoch);
          }
        });
  }

  private FactPlace place(String persistenceId, Claim claim) {
    return RunKey.isRun(persistenceId)
        ? runs.at(RunKey.of(persistenceId))
        : kept.at(persistenceId, claim);
  }

  private static void checkKept(String persistenceId) {
    if (RunKey.isRun(persistenceId)) {
      throw new IllegalArgumentException("facts of a run are not trimmed: " + persistenceId);
    }
  }

  /** Reads, once no write of the id is under way or in doubt. */
  private <T> CompletionStage<T> read(
      String persistenceId, Function<Claim, CompletionStage<T>> reading) {
    return owned(
        persistenceId,
        claim ->
            writeUnderWay(persistenceId)
                .thenCompose(_ -> claim.superseded())
                .thenCompose(_ -> reading.apply(claim))
                .thenApply(read -> {
                  checkStill(persistenceId, claim);
                  return read;
                }));
  }

  /** Completes when no write of an id is under way, whatever became of it. */
  private CompletionStage<?> writeUnderWay(String persistenceId) {
    var append = underWay.get(persistenceId);
    return append == null
        ? CompletableFuture.completedStage(null)
        : append.handle((_, _) -> Optional.empty());
  }

  private static void checkStill(String persistenceId, Claim claim) {
    if (!claim.holds()) {
      throw new NotOwnerException(
          persistenceId + ": its shard was lost meanwhile, or the lease is in doubt");
    }
  }

  private <T> CompletionStage<T> owned(
      String persistenceId, Function<Claim, ? extends CompletionStage<T>> work) {
    if (closed) {
      return CompletableFuture.failedStage(new IllegalStateException("the store is closed"));
    }
    try {
      return work.apply(owners.claim(placement.apply(persistenceId)));
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Waits for the writes under way; later calls fail. */
  @Override
  public void close() {
    closed = true;
    var _ =
        CompletableFuture.allOf(underWay.values().toArray(CompletableFuture<?>[]::new))
            .orTimeout(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS)
            .handle((_, _) -> true)
            .join();
  }
}
