package dev.stepwell.engine.shard;

import dev.stepwell.engine.wire.Message;
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

  /**
   * Tells the actor of an id.
   *
   * @param message a {@link Message}: the actor may live on another node
   * @throws IllegalArgumentException if it is none
   */
  <M> void tell(Kind<M> kind, String id, M message);

  /**
   * Tells the next life of an actor that is about to stop, wherever that life will be. Like {@link
   * #tell}, but lost if all of this node is about to {@link #leave}: it would have to wait for what
   * must not begin here any more.
   */
  default <M> void handOn(Kind<M> kind, String id, M message) {
    tell(kind, id, message);
  }

  /**
   * Asks, and fails with a {@link java.util.concurrent.TimeoutException} if no answer comes in
   * time.
   *
   * @param message makes the question, given whom to answer
   */
  <M, A extends Message> CompletionStage<A> ask(
      Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout);

  /**
   * Asks what is safe to be asked twice: the same question is sent again while there is no answer,
   * now and then, and at once in {@link #hurry}. Otherwise like {@link #ask}.
   */
  default <M, A extends Message> CompletionStage<A> insist(
      Kind<M> kind, String id, Function<ActorRef<A>, M> message, Duration timeout) {
    return ask(kind, id, message, timeout);
  }

  /** Somebody who would have answered may be gone. */
  default void hurry() {}

  /** The node is about to leave: nothing begins on it any more. */
  default void leave() {}

  /** Asks for the stop of an actor that has nothing to do for now. */
  interface Passivate<M> {
    void passivate(ActorRef<M> self);
  }
}
