package dev.stepwell.server.crash;

import dev.stepwell.testkit.cassandra.CassandraRing;
import dev.stepwell.testkit.cassandra.SharedCassandra;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a fleet keeps everything: a keyspace of its own.
 *
 * @param copies of everything
 * @param proxied whether nodes must speak what a proxy can read
 */
record Storage(
    List<InetSocketAddress> contactPoints, String keyspace, int copies, boolean proxied) {

  static Storage shared() {
    return at(List.of(SharedCassandra.node().contactPoint()), 1, false);
  }

  /** With a copy of everything on each node. */
  static Storage on(CassandraRing ring) {
    return at(ring.contactPoints(), ring.nodes().size(), false);
  }

  /** The same, with proxies in front of the nodes. */
  static Storage behindProxies(CassandraRing ring) {
    return at(ring.contactPoints(), ring.nodes().size(), true);
  }

  private static Storage at(List<InetSocketAddress> points, int copies, boolean proxied) {
    return new Storage(points, keyspaceOfItsOwn(), copies, proxied);
  }

  private static String keyspaceOfItsOwn() {
    return "fleet_" + System.nanoTime();
  }

  /** As the configuration has it. */
  Map<String, Object> settings() {
    var points =
        contactPoints.stream()
            .map(point -> point.getAddress().getHostAddress() + ":" + point.getPort())
            .collect(Collectors.joining(","));
    return Map.of(
        "stepwell.cassandra.contact-points",
        points,
        "stepwell.cassandra.keyspace",
        keyspace,
        "stepwell.cassandra.replication.datacenter1",
        copies,
        "stepwell.cassandra.driver.advanced.protocol.version",
        proxied ? "V4" : "V5");
  }
}
