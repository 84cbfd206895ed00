package dev.stepwell.engine.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import dev.stepwell.engine.port.Ownership;
import dev.stepwell.engine.port.Shard;
import dev.stepwell.engine.port.Store;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;

/**
 * Lets Pekko's sharding take a shard from the store before it starts the shard's actors, and give
 * it back when they have stopped. How long it takes is the store's business: the times in Pekko's
 * settings of leases mean nothing here.
 */
public final class ShardLease extends Lease {

  private static final String USE_LEASE = "pekko.cluster.sharding.use-lease";
  private static final String PATH = "stepwell.shard-lease";

  private final LeaseSettings settings;
  private final Ownership ownership;
  private final Shard shard;

  /** A configuration that lets sharding take its shards from the store, if that has owners. */
  public static Config configured(Config config, Store store) {
    return store.ownership().isEmpty()
        ? config
        : config.withValue(USE_LEASE, ConfigValueFactory.fromAnyRef(PATH));
  }

  /** Called by Pekko, which finds this class's name in the configuration. */
  public ShardLease(LeaseSettings settings, ExtendedActorSystem system) {
    this.settings = settings;
    ownership =
        StoreSetup.of(system)
            .ownership()
            .orElseThrow(() ->
                new IllegalStateException(
                    "pekko.cluster.sharding.use-lease is set, but the store has one owner"));
    shard = shard(settings.leaseName(), system.name());
  }

  /** Reads the name that sharding gives to a shard's lease. */
  static Shard shard(String leaseName, String system) {
    var prefix = system + "-shard-";
    var dash = leaseName.lastIndexOf('-');
    if (!leaseName.startsWith(prefix) || dash <= prefix.length()) {
      throw new IllegalArgumentException("not the lease of a shard: '" + leaseName + "'");
    }
    return new Shard(
        leaseName.substring(prefix.length(), dash),
        Integer.parseInt(leaseName.substring(dash + 1)));
  }

  @Override
  public LeaseSettings getSettings() {
    return settings;
  }

  @Override
  public CompletionStage<Boolean> acquire() {
    return acquire(_ -> {});
  }

  @Override
  public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
    return ownership.take(shard, () -> lost.accept(Optional.empty()));
  }

  @Override
  public CompletionStage<Boolean> release() {
    return ownership.giveBack(shard).thenApply(_ -> true);
  }

  @Override
  public boolean checkLease() {
    return ownership.owns(shard);
  }
}
