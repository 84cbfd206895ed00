package dev.stepwell.engine.shard;

import java.util.function.ToIntFunction;

/**
 * A kind of actor of which there is one for each id in the whole cluster.
 *
 * @param name stable: it is part of persistence ids
 * @param spread an id's place among the shards, before the remainder is taken
 * @param stop asks the actor to stop once it has nothing left to do
 */
public record Kind<M>(String name, Class<M> messages, ToIntFunction<String> spread, M stop) {

  /**
   * The shard of an actor.
   *
   * @param shards how many there are
   */
  public int shard(String id, int shards) {
    return Math.floorMod(spread.applyAsInt(id), shards);
  }

  /** A kind with a fixed set of partitions, numbered from 0, each a shard of its own. */
  public static <M> Kind<M> partitions(String name, Class<M> messages, M stop) {
    return new Kind<>(name, messages, Integer::parseInt, stop);
  }

  public static <M> Kind<M> entities(String name, Class<M> messages, M stop) {
    return new Kind<>(name, messages, id -> id.hashCode() & Integer.MAX_VALUE, stop);
  }
}
