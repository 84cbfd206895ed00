package dev.stepwell.engine.shard;

import dev.stepwell.engine.wire.Message;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * Actors spread over the cluster by Pekko's sharding. Kinds may be hosted while others are at work
 * already: what is told to a kind before it is hosted here arrives afterwards.
 */
public final class ClusterShards implements Shards {

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final int shards;
  private final ActorRef<Rouser.Message> rouser;
  private final Insistence insistence;
  private final Map<String, CompletableFuture<Region>> regions = new ConcurrentHashMap<>();

  /** Knows where the shards of a kind are. */
  private record Region(ActorRef<ShardingEnvelope<Object>> actor) {}

  private volatile boolean leaving;

  /**
   * Shards of a cluster.
   *
   * @param shards of each kind; the same on all nodes, for ever
   */
  public ClusterShards(ActorSystem<?> system, int shards) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
    this.shards = shards;
    this.rouser = system.systemActorOf(Rouser.create(), "rouser", Props.empty());
    this.insistence = new Insistence(system);
  }

  @Override
  public <M> void host(Kind<M> kind, BiFunction<String, Passivate<M>, Behavior<M>> create) {
    var key = EntityTypeKey.create(kind.messages(), kind.name());
    var entity =
        Entity.of(key, context -> roused(kind, context, create))
            .withStopMessage(kind.stop())
            .withMessageExtractor(new Extractor<>(kind, shards));
    region(kind).complete(new Region(widen(sharding.init(entity))));
  }

  private <M> Behavior<M> roused(
      Kind<M> kind, EntityContext<M> entity, BiFunction<String, Passivate<M>, Behavior<M>> create) {
    var id = entity.getEntityId();
    var behavior = create.apply(id, passivate(entity));
    if (kind.rouse().isEmpty()) {
      return behavior;
    }
    var next = kind.rouse().get();
    return Behaviors.setup(context -> {
      rouser.tell(new Rouser.Watch(context.getSelf(), () -> handOn(kind, id, next)));
      return behavior;
    });
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
    var envelope = new ShardingEnvelope<Object>(id, kind.travelling(message));
    var region = region(kind);
    var hosted = region.getNow(null);
    if (hosted != null) {
      hosted.actor().tell(envelope);
    } else {
      var _ = region.thenAccept(late -> late.actor().tell(envelope));
    }
  }

  @Override
  public <M> void handOn(Kind<M> kind, String id, M message) {
    if (!leaving) {
      tell(kind, id, message);
    }
  }

  @Override
  public <M, A extends Message> CompletionStage<A> ask(
      Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout) {
    return hosted(kind, timeout)
        .thenCompose(region ->
            Asks.ask(
                region.actor(),
                (ActorRef<A> replyTo) ->
                    new ShardingEnvelope<>(id, kind.travelling(message.apply(replyTo))),
                timeout,
                system.scheduler()));
  }

  @Override
  public <M, A extends Message> CompletionStage<A> insist(
      Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout) {
    return hosted(kind, timeout)
        .thenCompose(region -> {
          var question = insistence.question(region.actor());
          return Asks.ask(
                  region.actor(),
                  (ActorRef<A> replyTo) ->
                      question.asked(
                          new ShardingEnvelope<>(id, kind.travelling(message.apply(replyTo)))),
                  timeout,
                  system.scheduler())
              .whenComplete((_, _) -> question.answered());
        });
  }

  @Override
  public void hurry() {
    insistence.hurry();
  }

  @Override
  public void leave() {
    leaving = true;
  }

  private CompletableFuture<Region> region(Kind<?> kind) {
    return regions.computeIfAbsent(kind.name(), _ -> new CompletableFuture<>());
  }

  private CompletableFuture<Region> hosted(Kind<?> kind, Duration timeout) {
    var region = region(kind);
    return region.isDone()
        ? region
        : region.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
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
