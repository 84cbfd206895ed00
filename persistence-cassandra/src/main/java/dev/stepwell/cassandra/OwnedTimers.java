package dev.stepwell.cassandra;

import dev.stepwell.cassandra.owner.NotOwnerException;
import dev.stepwell.cassandra.owner.ShardOwners;
import dev.stepwell.engine.port.Shard;
import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.engine.timer.Timers;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Timers that are acknowledged to the owner of their partition only. The next owner reads which are
 * due soon when it takes over, and once: what were acknowledged to the last one after that would
 * not ring in time.
 */
record OwnedTimers(TimerStore timers, ShardOwners owners) implements TimerStore {

  @Override
  public CompletionStage<Void> put(int partition, List<Row> rows) {
    try {
      var claim = owners.claim(new Shard(Timers.KIND.name(), partition));
      return timers
          .put(partition, rows)
          .thenAccept(_ -> {
            if (!claim.holds()) {
              throw new NotOwnerException("timers stored, but perhaps too late for the lease");
            }
          });
    } catch (NotOwnerException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public CompletionStage<Void> delete(int partition, List<Row> rows) {
    return timers.delete(partition, rows);
  }

  @Override
  public CompletionStage<List<Row>> between(
      int partition, long fromMillis, long untilMillis, int limit) {
    return timers.between(partition, fromMillis, untilMillis, limit);
  }

  @Override
  public CompletionStage<OptionalLong> next(int partition, long fromMillis) {
    return timers.next(partition, fromMillis);
  }
}
