package dev.stepwell.cassandra.owner;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.engine.port.Shard;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who owns which shard, and in which epoch. All is changed by lightweight transactions. */
final class OwnerTable {

  /**
   * A shard that was owned at least once.
   *
   * @param epoch goes up whenever somebody takes the shard, and sometimes in between
   * @param process empty if it was given back
   * @param aheadMillis nobody has written under an id of the shard whose instant was more than a
   *     moment ahead of his clock then, and is later than this
   */
  record Owner(long epoch, Optional<UUID> process, long aheadMillis) {
    boolean is(UUID other) {
      return process.equals(Optional.of(other));
    }
  }

  private static final long EPOCH_FIRST = 1;

  private final Cql cql;
  private final ConsistencyLevel serial;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement take;
  private final PreparedStatement raise;
  private final PreparedStatement release;
  private final PreparedStatement note;

  /**
   * The table behind a connection.
   *
   * @param serial how a read sees what lightweight transactions have done
   */
  OwnerTable(Cql cql, ConsistencyLevel serial) {
    this.cql = cql;
    this.serial = serial;
    select =
        cql.prepareIdempotent(
            "SELECT epoch, process, ahead FROM shard_owners WHERE kind = ? AND shard = ?");
    insert =
        cql.prepareOnce(
            "INSERT INTO shard_owners (kind, shard, epoch, process, ahead) VALUES (?, ?, ?, ?, 0) IF NOT EXISTS");
    take =
        cql.prepareOnce(
            "UPDATE shard_owners SET epoch = ?, process = ? WHERE kind = ? AND shard = ? IF epoch = ?");
    raise =
        cql.prepareOnce(
            "UPDATE shard_owners SET epoch = ? WHERE kind = ? AND shard = ? IF epoch = ? AND process = ?");
    release =
        cql.prepareOnce(
            "UPDATE shard_owners SET process = null WHERE kind = ? AND shard = ? IF epoch = ? AND process = ?");
    note =
        cql.prepareOnce(
            "UPDATE shard_owners SET ahead = ? WHERE kind = ? AND shard = ? IF epoch = ? AND process = ? AND ahead < ?");
  }

  /** The owner, whatever was under way. */
  CompletionStage<Optional<Owner>> read(Shard shard) {
    return cql.execute(select.bind(shard.kind(), shard.number()).setConsistencyLevel(serial))
        .thenApply(answer ->
            Optional.ofNullable(answer.one())
                .map(row ->
                    new Owner(
                        row.getLong(0), Optional.ofNullable(row.getUuid(1)), row.getLong(2))));
  }

  /**
   * Takes a shard, if nobody else has since {@code before} was read.
   *
   * @return the epoch in which it is taken, or empty if it is not
   */
  CompletionStage<Optional<Long>> take(Shard shard, Optional<Owner> before, UUID process) {
    var epoch = before.map(owner -> owner.epoch() + 1).orElse(EPOCH_FIRST);
    var statement =
        before.isEmpty()
            ? insert.bind(shard.kind(), shard.number(), epoch, process)
            : take.bind(epoch, process, shard.kind(), shard.number(), epoch - 1);
    return cql.execute(statement)
        .thenApply(answer -> answer.wasApplied() ? Optional.of(epoch) : Optional.empty());
  }

  /** Raises the epoch by one, if it is {@code epoch} and the process owns the shard. */
  CompletionStage<Boolean> raise(Shard shard, long epoch, UUID process) {
    return cql.execute(raise.bind(epoch + 1, shard.kind(), shard.number(), epoch, process))
        .thenApply(AsyncResultSet::wasApplied);
  }

  /**
   * Notes that the process may write under ids up to an instant, if it owns the shard in that
   * epoch.
   */
  CompletionStage<Boolean> note(Shard shard, long aheadMillis, long epoch, UUID process) {
    return cql.execute(
            note.bind(aheadMillis, shard.kind(), shard.number(), epoch, process, aheadMillis))
        .thenCompose(answer ->
            answer.wasApplied()
                ? CompletableFuture.completedStage(true)
                // Or as much is noted already.
                : read(shard)
                    .thenApply(owner ->
                        owner
                            .filter(it ->
                                it.is(process)
                                    && it.epoch() == epoch
                                    && it.aheadMillis() >= aheadMillis)
                            .isPresent()));
  }

  /** Gives a shard back, if the process owns it in that epoch. */
  CompletionStage<Boolean> release(Shard shard, long epoch, UUID process) {
    return cql.execute(release.bind(shard.kind(), shard.number(), epoch, process))
        .thenApply(AsyncResultSet::wasApplied);
  }
}
