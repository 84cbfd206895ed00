package dev.stepwell.engine.shard;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Actors spread over the cluster by Pekko's sharding. */
public final class ClusterShards implements Shards {

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final int shards;
  private final Map<String, ActorRef<ShardingEnvelope<Object>>> regions = new ConcurrentHashMap<>();

  /**
   * Shards of a cluster.
   *
   * @param shards of each kind; the same on all nodes, for ever
   */
  public ClusterShards(ActorSystem<?> system, int shards) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
    this.shards = shards;
  }

  @Override
  public <M> void host(Kind<M> kind, BiFunction<String, Passivate<M>, Behavior<M>> create) {
    var key = EntityTypeKey.create(kind.messages(), kind.name());
    var entity =
        Entity.of(key, context -> create.apply(context.getEntityId(), passivate(context)))
            .withStopMessage(kind.stop())
            .withMessageExtractor(new Extractor<>(kind, shards));
    regions.put(kind.name(), widen(sharding.init(entity)));
  }

  private static <M> Passivate<M> passivate(EntityContext<M> context) {
    return self -> context.getShard().tell(new ClusterSharding.Passivate<>(self));
  }

  @SuppressWarnings("unchecked") // told only messages of its kind, see tell and ask
  private static ActorRef<ShardingEnvelope<Object>> widen(ActorRef<?> region) {
    return (ActorRef<ShardingEnvelope<Object>>) region;
  }

  @Override
  public <M> void tell(Kind<M> kind, String id, M message) {
    region(kind).tell(new ShardingEnvelope<>(id, message));
  }

  @Override
  public <M, A> CompletionStage<A> ask(
      Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout) {
    return Asks.ask(
        region(kind),
        (ActorRef<A> replyTo) -> new ShardingEnvelope<>(id, message.apply(replyTo)),
        timeout,
        system.scheduler());
  }

  private ActorRef<ShardingEnvelope<Object>> region(Kind<?> kind) {
    var region = regions.get(kind.name());
    if (region == null) {
      throw new IllegalStateException("kind " + kind.name() + " is not hosted here");
    }
    return region;
  }

  private static final class Extractor<M> extends ShardingMessageExtractor<ShardingEnvelope<M>, M> {
    private final Kind<M> kind;
    private final int shards;

    private Extractor(Kind<M> kind, int shards) {
      this.kind = kind;
      this.shards = shards;
    }

    @Override
    public String entityId(ShardingEnvelope<M> envelope) {
      return envelope.entityId();
    }

    @Override
    public String shardId(String entityId) {
      return Integer.toString(kind.shard(entityId, shards));
    }

    @Override
    public M unwrapMessage(ShardingEnvelope<M> envelope) {
      return envelope.message();
    }
  }
}
