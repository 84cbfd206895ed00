package dev.stepwell.benchmarks;

import dev.stepwell.server.Stepwell;
import dev.stepwell.server.node.NodeBuilder;
import dev.stepwell.testkit.cassandra.CassandraNode;
import dev.stepwell.testkit.cassandra.CassandraOptions;
import dev.stepwell.testkit.cassandra.CassandraRing;
import dev.stepwell.testkit.cassandra.CommitLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One Cassandra for each way to sync its commit log, started when it is needed; ends with the JVM.
 */
final class Rings {

  private static final Map<CommitLog, CassandraRing> RINGS = new EnumMap<>(CommitLog.class);
  private static int keyspaces;

  private Rings() {}

  static synchronized CassandraNode cassandra(CommitLog sync) {
    return RINGS
        .computeIfAbsent(
            sync,
            it -> CassandraRing.start(1, CassandraOptions.DEFAULT.with(it).withHeapMib(1_024)))
        .node(0);
  }

  /** Nodes of one cluster, with their data on it, in a keyspace that is new. */
  static synchronized List<NodeBuilder> on(CommitLog sync, int count) {
    var contact = cassandra(sync).contactPoint();
    var keyspace = "bench_" + ++keyspaces;
    var ports = IntStream.range(0, count).mapToObj(_ -> freePort()).toList();
    var points = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    return ports.stream()
        .map(port ->
            Stepwell.node()
                .clustered()
                .setting("stepwell.cluster.port", port)
                .setting("stepwell.cluster.contact-points.list", points)
                .setting("stepwell.cluster.clock-skew-max", "0s")
                .setting(
                    "stepwell.cassandra.contact-points",
                    contact.getHostString() + ":" + contact.getPort())
                .setting("stepwell.cassandra.keyspace", keyspace)
                .setting("stepwell.cassandra.replication." + CassandraRing.DATACENTER, 1))
        .toList();
  }

  static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
