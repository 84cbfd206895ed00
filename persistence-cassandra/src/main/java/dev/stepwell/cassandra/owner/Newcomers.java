package dev.stepwell.cassandra.owner;

import dev.stepwell.engine.wire.Ulid;
import java.util.HashSet;
import java.util.Set;

/**
 * The ids that somebody has begun to write under since a shard was taken, so that one that is not
 * among them is known to be new. Only the youngest are kept; of older ones, by the instant in the
 * id, nothing is known. Safe for use by many threads.
 */
final class Newcomers {

  /** Kept are so many to twice so many. */
  private static final int GENERATION = 1_024;

  private Set<Ulid> ids = new HashSet<>();
  private Set<Ulid> before = Set.of();
  private long unknownUntilMillis;

  /**
   * Nobody yet.
   *
   * @param unknownUntilMillis of ids up to that instant nothing is known
   */
  Newcomers(long unknownUntilMillis) {
    this.unknownUntilMillis = unknownUntilMillis;
  }

  /** Somebody begins to write under an id. */
  synchronized void add(Ulid id) {
    if (ids.size() == GENERATION) {
      for (var old : before) {
        unknownUntilMillis = Math.max(unknownUntilMillis, old.millis());
      }
      before = ids;
      ids = new HashSet<>();
    }
    ids.add(id);
  }

  /** Whether certainly nobody has ever written under an id. */
  synchronized boolean lacks(Ulid id) {
    return id.millis() > unknownUntilMillis && !ids.contains(id) && !before.contains(id);
  }
}
