package dev.stepwell.testkit.cassandra;

import java.util.Map;
import java.util.TreeMap;

/**
 * How the nodes of a ring run.
 *
 * @param heapMib of each node; a node takes about 450 MiB more
 * @param settings lines of cassandra.yaml by their keys, for what is not said otherwise
 * @param proxied whether clients come through a {@link ChaosProxy}; they must speak version 4 of
 *     the protocol
 */
public record CassandraOptions(
    CommitLog commitLog, int heapMib, Map<String, String> settings, boolean proxied) {

  private static final int HEAP_MIB_MIN = 256;

  public static final CassandraOptions DEFAULT =
      new CassandraOptions(CommitLog.PERIODIC, 512, Map.of(), false);

  public CassandraOptions {
    if (heapMib < HEAP_MIB_MIN) {
      throw new IllegalArgumentException(
          "heapMib must be " + HEAP_MIB_MIN + " or more, was " + heapMib);
    }
    settings = Map.copyOf(settings);
  }

  public CassandraOptions with(CommitLog commitLog) {
    return new CassandraOptions(commitLog, heapMib, settings, proxied);
  }

  public CassandraOptions withHeapMib(int heapMib) {
    return new CassandraOptions(commitLog, heapMib, settings, proxied);
  }

  /** With one more line of cassandra.yaml. */
  public CassandraOptions with(String key, String value) {
    var more = new TreeMap<>(settings);
    more.put(key, value);
    return new CassandraOptions(commitLog, heapMib, more, proxied);
  }

  /** With a proxy in front of each node. */
  public CassandraOptions behindProxies() {
    return new CassandraOptions(commitLog, heapMib, settings, true);
  }
}
