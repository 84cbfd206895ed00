package dev.stepwell.engine.port;

import java.util.concurrent.CompletionStage;

/**
 * Which process of a cluster may write for a shard: one at a time. A store that is shared takes
 * writes only from the owner, and acknowledges none that it was not certain of owning.
 */
public interface Ownership {

  /**
   * Takes a shard. Completes with true once this process owns it, however long another does; with
   * false if it was given back meanwhile. Fails if this process can own nothing any more, or the
   * store is closed.
   *
   * @param lost runs once, if the shard is lost without having been given back
   */
  CompletionStage<Boolean> take(Shard shard, Runnable lost);

  /**
   * Gives a shard back, or stops waiting for it: the next owner may take it at once. Nothing may be
   * written for it any more. Completes also if others can't be told now: then they wait for it as
   * if this process had died.
   */
  CompletionStage<Void> giveBack(Shard shard);

  /** Whether this process owns a shard at this moment, as far as it can be certain. */
  boolean owns(Shard shard);

  /**
   * Says where this process can be reached, so that others can name it.
   *
   * @param address no other process may ever have the same
   */
  CompletionStage<Void> announce(String address);

  /**
   * Takes everything from a process that is known to be dead, instead of waiting until it has been
   * silent for long enough. If it is alive after all, it loses everything, and what it acknowledges
   * in its last moments may be lost.
   *
   * @param address as that process has announced it
   */
  CompletionStage<Void> breakLease(String address);

  /** Completes with the reason once this process can own nothing any more: it is to end. */
  CompletionStage<String> ended();
}
