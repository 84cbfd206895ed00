package dev.stepwell.embedded;

import java.nio.charset.StandardCharsets;

/**
 * The parts of the database. Keys that grow with time have families of their own: their files
 * hardly overlap, so that sorting them costs little and deleting the oldest frees whole files.
 */
enum Family {
  /** RocksDB insists on it; one row that is written at each start. */
  DEFAULT("default", 1, 4),
  /** Facts of ids that end with a ULID, which are runs. */
  RUN_FACTS("run-facts", 32, 16),
  /** Facts of all other ids: partitions, registries, queues. */
  FACTS("facts", 16, 16),
  SNAPSHOTS("snapshots", 8, 16),
  TIMERS("timers", 8, 8),
  /** Rows of the list of runs, by run id. */
  RUNS("runs", 8, 8),
  /** Runs by function, by status and by end. */
  RUN_KEYS("run-keys", 8, 8),
  /** Rows of the list of events, by acceptance. */
  EVENTS("events", 16, 16),
  /** Events by name, by match, by user id. */
  EVENT_KEYS("event-keys", 8, 8);

  final byte[] bytes;
  final int memtableMib;
  final int blockKib;

  Family(String name, int memtableMib, int blockKib) {
    this.bytes = name.getBytes(StandardCharsets.US_ASCII);
    this.memtableMib = memtableMib;
    this.blockKib = blockKib;
  }
}
