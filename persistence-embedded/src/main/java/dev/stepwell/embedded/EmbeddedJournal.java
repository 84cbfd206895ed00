package dev.stepwell.embedded;

import dev.stepwell.engine.port.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;

/**
 * One row for each fact. An id of which something was deleted also has a head, the row of sequence
 * number 0, that says up to where; so the highest number is known when no fact is left, and the
 * many ids that are never deleted from cost nothing more.
 */
final class EmbeddedJournal implements Journal {

  /** Deletions that are written at once. */
  private static final int PURGE_BYTES = 1 << 20;

  private final Database database;
  private final Reads reads;
  private final GroupWriter writer;
  private final Snapshots snapshots;

  EmbeddedJournal(Database database, Reads reads, GroupWriter writer) {
    this.database = database;
    this.reads = reads;
    this.writer = writer;
    snapshots = new Snapshots(database);
  }

  @Override
  public CompletionStage<Void> append(
      String persistenceId, long firstSequenceNr, List<byte[]> facts) {
    var family = database.id(JournalKey.family(persistenceId));
    var prefix = JournalKey.prefix(persistenceId);
    var bytes = 0;
    for (var fact : facts) {
      bytes += prefix.length + fact.length;
    }
    var ops = new Ops(bytes, facts.size());
    var sequenceNr = firstSequenceNr;
    for (var fact : facts) {
      ops.put(family, JournalKey.of(prefix, sequenceNr++), fact);
    }
    return writer.write(ops, true);
  }

  /** Looks in fact: it takes two look-ups, as long as any bookkeeping would. */
  @Override
  public boolean isNew(String persistenceId) {
    return reads
        .now(() -> facts(persistenceId).none())
        .toCompletableFuture()
        .exceptionally(_ -> false)
        .join();
  }

  @Override
  public CompletionStage<Long> replay(
      String persistenceId, long from, long to, long max, Consumer<Entry> into) {
    return reads.now(() -> {
      var facts = facts(persistenceId);
      var highest = facts.highest();
      facts.replay(from, Math.min(to, highest), max, into);
      return highest;
    });
  }

  @Override
  public CompletionStage<Void> deleteTo(String persistenceId, long to) {
    return write(true, () -> facts(persistenceId).deletionTo(to));
  }

  @Override
  public CompletionStage<Void> saveSnapshot(String persistenceId, Snapshot snapshot) {
    return writer.write(snapshots.saving(persistenceId, snapshot), true);
  }

  @Override
  public CompletionStage<Optional<Snapshot>> loadSnapshot(
      String persistenceId, long maxSequenceNr) {
    return reads.now(() -> snapshots.newest(persistenceId, maxSequenceNr));
  }

  @Override
  public CompletionStage<Void> deleteSnapshots(String persistenceId, long maxSequenceNr) {
    return write(true, () -> snapshots.deletionTo(persistenceId, maxSequenceNr));
  }

  @Override
  public CompletionStage<Void> purge(List<String> persistenceIds) {
    return reads
        .soon(() -> deletions(persistenceIds))
        .thenCompose(all ->
            CompletableFuture.allOf(
                all.stream()
                    .map(ops -> writer.write(ops, false).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new)));
  }

  private List<Ops> deletions(List<String> persistenceIds) throws RocksDBException {
    var all = new ArrayList<Ops>();
    var ops = new Ops(0, 0);
    for (var persistenceId : persistenceIds) {
      if (ops.sizeBytes() > PURGE_BYTES) {
        all.add(ops);
        ops = new Ops(0, 0);
      }
      facts(persistenceId).deletion(ops);
      snapshots.deletion(persistenceId, ops);
    }
    if (!ops.isEmpty()) {
      all.add(ops);
    }
    return all;
  }

  /** Writes what follows from a look at the database, unless that is nothing. */
  private CompletionStage<Void> write(boolean sync, Reads.Reading<Ops> look) {
    return reads
        .now(look)
        .thenCompose(ops -> ops.isEmpty() ? CompletableFuture.allOf() : writer.write(ops, sync));
  }

  private Facts facts(String persistenceId) {
    return new Facts(database, persistenceId);
  }
}
