package dev.stepwell.engine.shard;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/**
 * Reaches the one actor of a kind and id, starting it if need be. A message may be lost on its way,
 * when its receiver moves or stops: whoever sends one repeats it until it is answered.
 */
public interface Shards {

  /**
   * Hosts actors of {@code kind} on this node. Before anything is told to the kind.
   *
   * @param create the behaviour of the actor with an id; the second argument asks for a graceful
   *     stop of that actor: it will get {@link Kind#stop()} when no message is on its way to it
   */
  <M> void host(Kind<M> kind, BiFunction<String, Passivate<M>, Behavior<M>> create);

  <M> void tell(Kind<M> kind, String id, M message);

  /**
   * Asks, and fails with a {@link java.util.concurrent.TimeoutException} if no answer comes in
   * time.
   *
   * @param message makes the question, given whom to answer
   */
  <M, A> CompletionStage<A> ask(
      Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout);

  /** Asks for the stop of an actor that has nothing to do for now. */
  interface Passivate<M> {
    void passivate(ActorRef<M> self);
  }
}
