package dev.stepwell.engine.shard;

import java.util.function.BiFunction;
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

  /** Asks for the stop of an actor that has nothing to do for now. */
  interface Passivate<M> {
    void passivate(ActorRef<M> self);
  }
}
