package dev.stepwell.benchmarks;

import dev.stepwell.server.node.NodeBuilder;
import dev.stepwell.testkit.cassandra.CassandraRing;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What our journal on Cassandra is held against: pekko-persistence-cassandra, told to do no more
 * than it must. All facts go through it; timers, lists, leases and snapshots stay ours. It does not
 * fence, and what it keeps is not trimmed.
 */
final class ReadyMadeJournal {

  private static final String PLUGIN = "pekko.persistence.cassandra";

  private ReadyMadeJournal() {}

  /** Lets the nodes of a cluster use it, in a keyspace that is new. */
  static void use(List<NodeBuilder> nodes, InetSocketAddress cassandra) {
    var contact = cassandra.getHostString() + ":" + cassandra.getPort();
    var keyspace = "ready_made_" + System.nanoTime();
    for (var node : nodes) {
      node.setting("pekko.persistence.journal.plugin", PLUGIN + ".journal")
          .setting(PLUGIN + ".journal.keyspace", keyspace)
          .setting(PLUGIN + ".journal.keyspace-autocreate", true)
          .setting(PLUGIN + ".journal.tables-autocreate", true)
          .setting(PLUGIN + ".journal.support-deletes", "off")
          .setting(PLUGIN + ".journal.support-all-persistence-ids", "off")
          .setting(PLUGIN + ".events-by-tag.enabled", "off")
          .setting("datastax-java-driver.basic.contact-points", List.of(contact))
          .setting(
              "datastax-java-driver.basic.load-balancing-policy.local-datacenter",
              CassandraRing.DATACENTER);
    }
  }
}
