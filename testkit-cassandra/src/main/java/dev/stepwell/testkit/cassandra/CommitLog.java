package dev.stepwell.testkit.cassandra;

/** When a node's commit log is synced to disk. */
public enum CommitLog {
  /** Now and then, after writes were acknowledged: a crash of the machine loses some. */
  PERIODIC("commitlog_sync: periodic\ncommitlog_sync_period: 10s\n"),

  /** Before each write is acknowledged. */
  BATCH("commitlog_sync: batch\n"),

  /** Before a write is acknowledged, together with all others of some milliseconds. */
  GROUP("commitlog_sync: group\ncommitlog_sync_group_window: 10ms\n");

  private final String yaml;

  CommitLog(String yaml) {
    this.yaml = yaml;
  }

  String yaml() {
    return yaml;
  }
}
