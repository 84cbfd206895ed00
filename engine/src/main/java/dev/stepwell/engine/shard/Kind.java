package dev.stepwell.engine.shard;

import dev.stepwell.engine.wire.Message;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * A kind of actor of which there is one for each id in the whole cluster.
 *
 * @param name stable: it is part of persistence ids
 * @param spread an id's place among the shards, before the remainder is taken
 * @param stop asks the actor to stop once it has nothing left to do
 * @param rouse what begins its next life at once, if it must never be without one: told when it has
 *     stopped, wherever that life will be
 */
public record Kind<M>(
    String name, Class<M> messages, ToIntFunction<String> spread, M stop, Optional<M> rouse) {

  /**
   * The shard of an actor.
   *
   * @param shards how many there are
   */
  public int shard(String id, int shards) {
    return Math.floorMod(spread.applyAsInt(id), shards);
  }

  /** A kind with a fixed set of partitions, numbered from 0, each a shard of its own. */
  public static <M> Kind<M> partitions(String name, Class<M> messages, M stop, M rouse) {
    return new Kind<>(name, messages, Integer::parseInt, stop, Optional.of(rouse));
  }

  /** A kind whose actors live when somebody tells them something. */
  public static <M> Kind<M> entities(String name, Class<M> messages, M stop) {
    return new Kind<>(
        name, messages, id -> id.hashCode() & Integer.MAX_VALUE, stop, Optional.empty());
  }

  /** The same kind, of actors that must always live once they have been told something. */
  public Kind<M> roused(M message) {
    return new Kind<>(name, messages, spread, stop, Optional.of(message));
  }

  /** The same message; whoever gets it may be on another node. */
  M travelling(M message) {
    if (message instanceof Message) {
      return message;
    }
    throw new IllegalArgumentException(
        "no Message, which can't travel to another node: " + message.getClass().getName());
  }
}
