package dev.stepwell.engine.port;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Facts in order, by persistence id; and snapshots of the state they lead to. One writer for each
 * id at a time. Sequence numbers begin at 1 and have no gaps but for what was deleted.
 *
 * <p>A run's facts, under {@code run|} and a ULID, are written, replayed and purged. Of what else
 * there is of other ids, trimming and snapshots, a store may refuse all for runs.
 */
public interface Journal {

  /** One fact as stored. */
  record Entry(long sequenceNr, byte[] fact) {}

  /**
   * A state as stored.
   *
   * @param sequenceNr of the last fact that the state contains
   */
  record Snapshot(long sequenceNr, long savedAtMillis, byte[] state) {}

  /**
   * Stores all of {@code facts} or none, numbered from {@code firstSequenceNr} on. Writes of many
   * ids that wait at the same moment may go to disk together.
   */
  CompletionStage<Void> append(String persistenceId, long firstSequenceNr, List<byte[]> facts);

  /**
   * Whether no fact was ever stored under an id, as far as the store knows at once. True is
   * certain, and remains so until whoever asks writes under the id; false is always a right answer.
   */
  boolean isNew(String persistenceId);

  /**
   * Hands the facts from {@code from} to {@code to}, both included, in order to {@code into},
   * {@code max} at most. The stage completes after the last.
   *
   * @return the number of the last fact ever stored, deleted or not; 0 if there was none
   */
  CompletionStage<Long> replay(
      String persistenceId, long from, long to, long max, Consumer<Entry> into);

  /** The number of the last fact ever stored, deleted or not; 0 if there was none. */
  default CompletionStage<Long> highestSequenceNr(String persistenceId) {
    return replay(persistenceId, 1, 0, 0, _ -> {});
  }

  /** Deletes the facts up to {@code to}, included. The highest number is still remembered. */
  CompletionStage<Void> deleteTo(String persistenceId, long to);

  CompletionStage<Void> saveSnapshot(String persistenceId, Snapshot snapshot);

  /** The newest snapshot, up to {@code maxSequenceNr}. */
  CompletionStage<Optional<Snapshot>> loadSnapshot(String persistenceId, long maxSequenceNr);

  /** Deletes the snapshots up to {@code maxSequenceNr}, included. */
  CompletionStage<Void> deleteSnapshots(String persistenceId, long maxSequenceNr);

  /**
   * Forgets everything about ids, their highest sequence numbers too. Whoever writes under such an
   * id again begins at 1, and not before the stage has completed. May be made durable late, but not
   * later than what is written afterwards.
   */
  CompletionStage<Void> purge(List<String> persistenceIds);
}
