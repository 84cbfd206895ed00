package dev.stepwell.cassandra.journal;

import com.typesafe.config.Config;

/**
 * How the journal writes; each is a key of {@code stepwell.cassandra.journal} in {@code
 * reference.conf}.
 *
 * @param batchBytes of rows of different partitions in one statement
 * @param groupsInFlight statements with rows that are under way at once
 * @param waitingBytes of rows that wait or are under way; beyond it writes are refused
 */
public record JournalConfig(int batchBytes, int groupsInFlight, long waitingBytes) {

  private static final String PATH = "stepwell.cassandra.journal";

  public JournalConfig {
    check(batchBytes > 0, "batch-bytes");
    check(groupsInFlight > 0, "groups-in-flight");
    check(waitingBytes > 0, "waiting-bytes-max");
  }

  /**
   * Reads {@code stepwell.cassandra.journal}.
   *
   * @throws com.typesafe.config.ConfigException if something is missing or has the wrong form
   * @throws IllegalArgumentException if a value is out of its bounds
   */
  public static JournalConfig of(Config root) {
    var config = root.getConfig(PATH);
    return new JournalConfig(
        Math.toIntExact(config.getBytes("batch-bytes")),
        config.getInt("groups-in-flight"),
        config.getBytes("waiting-bytes-max"));
  }

  private static void check(boolean good, String key) {
    if (!good) {
      throw new IllegalArgumentException(PATH + "." + key + " must be 1 or more");
    }
  }
}
