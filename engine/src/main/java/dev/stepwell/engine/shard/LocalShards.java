package dev.stepwell.engine.shard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Actors of one process without a cluster around it: for tests, which need no ports so. */
public final class LocalShards implements Shards {

  private final ActorContext<?> context;
  private final Map<String, ActorRef<Region.Message>> regions = new ConcurrentHashMap<>();

  /** Shards whose actors are children of the context's actor; host them on its thread. */
  public LocalShards(ActorContext<?> context) {
    this.context = context;
  }

  @Override
  public <M> void host(Kind<M> kind, BiFunction<String, Passivate<M>, Behavior<M>> create) {
    regions.put(kind.name(), context.spawn(Region.create(kind, create), kind.name()));
  }

  @Override
  public <M> void tell(Kind<M> kind, String id, M message) {
    region(kind).tell(new Region.Envelope(id, kind.travelling(message)));
  }

  @Override
  public <M, A extends dev.stepwell.engine.wire.Message> CompletionStage<A> ask(
      Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout) {
    return Asks.ask(
        region(kind),
        (ActorRef<A> replyTo) -> new Region.Envelope(id, kind.travelling(message.apply(replyTo))),
        timeout,
        context.getSystem().scheduler());
  }

  private ActorRef<Region.Message> region(Kind<?> kind) {
    var region = regions.get(kind.name());
    if (region == null) {
      throw new IllegalStateException("kind " + kind.name() + " is not hosted here");
    }
    return region;
  }

  /** Starts the actors of one kind when they are first told something. */
  private static final class Region<M> extends AbstractMatchingBehavior<Region.Message> {

    sealed interface Message {}

    record Envelope(String id, Object message) implements Message {}

    record PassivateActor(String id) implements Message {}

    record Stopped(String id) implements Message {}

    private final Kind<M> kind;
    private final BiFunction<String, Passivate<M>, Behavior<M>> create;
    private final Map<String, ActorRef<M>> actors = new HashMap<>();
    private final Map<String, List<M>> stopping = new HashMap<>();

    private Region(
        ActorContext<Message> context,
        Kind<M> kind,
        BiFunction<String, Passivate<M>, Behavior<M>> create) {
      super(context);
      this.kind = kind;
      this.create = create;
    }

    static <M> Behavior<Message> create(
        Kind<M> kind, BiFunction<String, Passivate<M>, Behavior<M>> create) {
      return Behaviors.setup(context -> new Region<>(context, kind, create));
    }

    @Override
    public Behavior<Message> onMessage(Message message) {
      switch (message) {
        case Envelope(var id, var content) -> onEnvelope(id, kind.messages().cast(content));
        case PassivateActor(var id) -> {
          var actor = actors.get(id);
          if (actor != null && stopping.putIfAbsent(id, new ArrayList<>()) == null) {
            actor.tell(kind.stop());
          }
        }
        case Stopped(var id) -> {
          actors.remove(id);
          var kept = stopping.remove(id);
          if (kept != null) {
            kept.forEach(content -> onEnvelope(id, content));
          }
        }
      }
      return this;
    }

    private void onEnvelope(String id, M content) {
      var kept = stopping.get(id);
      if (kept != null) {
        kept.add(content);
      } else {
        actors.computeIfAbsent(id, this::start).tell(content);
      }
    }

    private ActorRef<M> start(String id) {
      var self = getContext().getSelf();
      Passivate<M> passivate = _ -> self.tell(new PassivateActor(id));
      var actor = getContext().spawnAnonymous(create.apply(id, passivate));
      getContext().watchWith(actor, new Stopped(id));
      return actor;
    }
  }
}
