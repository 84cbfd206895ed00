package dev.stepwell.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.testkit.cassandra.CassandraNode;
import dev.stepwell.testkit.cassandra.CassandraRing;
import dev.stepwell.testkit.cassandra.SharedCassandra;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Configurations for the node that all tests share, each with a keyspace of its own. */
final class Keyspace {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private Keyspace() {}

  static CassandraConfig fresh() {
    return fresh(Map.of());
  }

  /** With some keys below {@code stepwell.cassandra} set otherwise. */
  static CassandraConfig fresh(Map<String, Object> settings) {
    return fresh(SharedCassandra.node(), settings);
  }

  /** On another node than the shared one. */
  static CassandraConfig fresh(CassandraNode node, Map<String, Object> settings) {
    var contact = node.contactPoint();
    var keyspace = "test_" + COUNT.incrementAndGet();
    return CassandraConfig.of(
        with(settings)
            .withFallback(
                with(
                    Map.of(
                        "contact-points",
                        contact.getHostString() + ":" + contact.getPort(),
                        "keyspace",
                        keyspace,
                        "replication",
                        Map.of(CassandraRing.DATACENTER, 1))))
            .withFallback(ConfigFactory.defaultReference()));
  }

  private static Config with(Map<String, Object> settings) {
    return ConfigFactory.parseMap(settings).atPath("stepwell.cassandra");
  }
}
