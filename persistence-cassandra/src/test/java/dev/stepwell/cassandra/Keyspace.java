package dev.stepwell.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
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
    return CassandraConfig.of(
        with(settings).withFallback(settings()).withFallback(ConfigFactory.defaultReference()));
  }

  /** What leads to the node that all tests share, and to a keyspace that was never used. */
  static Config settings() {
    var contact = SharedCassandra.node().contactPoint();
    return with(
        Map.of(
            "contact-points",
            contact.getHostString() + ":" + contact.getPort(),
            "keyspace",
            "test_" + COUNT.incrementAndGet(),
            "replication",
            Map.of(CassandraRing.DATACENTER, 1)));
  }

  private static Config with(Map<String, Object> settings) {
    return ConfigFactory.parseMap(settings).atPath("stepwell.cassandra");
  }
}
