package dev.stepwell.server.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Cassandra is. */
final class CassandraOptions {

  @Option(
      names = "--cassandra",
      paramLabel = "HOST:PORT,...",
      description =
          "Some nodes of Cassandra (default: 127.0.0.1:9042). Or"
              + " STEPWELL_CASSANDRA_CONTACT_POINTS.")
  private @Nullable String contactPoints;

  @Option(
      names = "--datacenter",
      paramLabel = "NAME",
      description =
          "Cassandra's data centre here (default: datacenter1). Or STEPWELL_CASSANDRA_DATACENTER.")
  private @Nullable String datacenter;

  @Option(
      names = "--keyspace",
      paramLabel = "NAME",
      description =
          "Where everything is kept; made if need be (default: stepwell). Or"
              + " STEPWELL_CASSANDRA_KEYSPACE.")
  private @Nullable String keyspace;

  /** Puts what was said under its keys of the configuration. */
  void putInto(Map<String, Object> settings) {
    put(settings, "contact-points", contactPoints);
    put(settings, "local-datacenter", datacenter);
    put(settings, "keyspace", keyspace);
  }

  private static void put(Map<String, Object> settings, String key, @Nullable String value) {
    if (value != null) {
      settings.put("stepwell.cassandra." + key, value);
    }
  }
}
