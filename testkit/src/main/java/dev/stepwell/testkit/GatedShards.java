package dev.stepwell.testkit;

import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.wire.Message;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** Actors whose messages to each other pass a {@link Gate}. */
record GatedShards(Shards shards, Gate gate) implements Shards {

  @Override
  public <M> void host(Kind<M> kind, BiFunction<String, Passivate<M>, Behavior<M>> create) {
    shards.host(
        kind, (id, passivate) -> create.apply(id, self -> leave(kind, id, passivate, self)));
  }

  private <M> void leave(Kind<M> kind, String id, Passivate<M> passivate, ActorRef<M> self) {
    if (!gate.endsAt(new Moment.Leaves(kind, id))) {
      passivate.passivate(self);
    }
  }

  @Override
  public <M> void tell(Kind<M> kind, String id, M message) {
    if (!gate.endsAt(new Moment.Tells(kind, id, message))) {
      shards.tell(kind, id, message);
    }
  }

  /** If the process ends at this question it is asked all the same, and nothing comes of it. */
  @Override
  public <M, A extends Message> CompletionStage<A> ask(
      Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout) {
    return shards.ask(
        kind,
        id,
        replyTo -> {
          var asked = message.apply(replyTo);
          var _ = gate.endsAt(new Moment.Tells(kind, id, asked));
          return asked;
        },
        timeout);
  }
}
