package dev.stepwell.cassandra.journal;

import dev.stepwell.engine.wire.Ulid;

/**
 * Where a run's facts are. The runs of a minute share some partitions, so that what happens at the
 * same moment goes into few of them, and a partition is over when its runs are.
 *
 * @param partition which the run shares with others
 * @param run its id
 */
record RunKey(Partition partition, Ulid run) {

  /** So many partitions has a minute. Never changes. */
  static final int SLOTS = 8;

  private static final String PREFIX = "run|";
  private static final int LENGTH = PREFIX.length() + 26;
  private static final long MINUTE_MILLIS = 60_000;

  /**
   * A partition.
   *
   * @param slot 0 to 7
   * @param minute of the run's birth, counted since 1970
   */
  record Partition(int slot, long minute) {}

  /** Whether a persistence id is a run's: a prefix and a ULID. */
  static boolean isRun(String persistenceId) {
    return persistenceId.length() == LENGTH && persistenceId.startsWith(PREFIX);
  }

  /**
   * The place of a run.
   *
   * @throws IllegalArgumentException if the persistence id is not a run's
   */
  static RunKey of(String persistenceId) {
    var id = Ulid.parse(persistenceId.substring(PREFIX.length()));
    var slot = Math.floorMod(id.spread(), SLOTS);
    return new RunKey(new Partition(slot, id.millis() / MINUTE_MILLIS), id);
  }
}
