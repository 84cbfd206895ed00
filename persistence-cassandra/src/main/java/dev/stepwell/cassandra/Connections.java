package dev.stepwell.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to a cluster, and waits for it if it is not there yet. */
final class Connections {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final String DRIVER = "datastax-java-driver";
  private static final long PAUSE_MILLIS = 500;

  /** More than can wait: what waits is bounded before the driver sees it. */
  private static final int QUEUE_MAX = 1_000_000;

  private final CassandraConfig config;
  private final long deadline;

  Connections(CassandraConfig config) {
    this.config = config;
    deadline = System.nanoTime() + config.startTimeout().toNanos();
  }

  /**
   * Connects.
   *
   * @param keyspace in which statements are prepared, if any
   * @throws CassandraStartException if nobody answers in time, or the data centre has no nodes
   */
  CqlSession open(Optional<String> keyspace) {
    var told = false;
    while (true) {
      try {
        return checked(builder(keyspace).build());
      } catch (AllNodesFailedException e) {
        if (isRefused(e)) {
          throw refused(e);
        }
        if (System.nanoTime() - deadline > 0) {
          throw new CassandraStartException(
              "no Cassandra node answered at %s within %d s; is stepwell.cassandra.contact-points right? %s"
                  .formatted(
                      config.contactPoints(), config.startTimeout().toSeconds(), e.getMessage()),
              e);
        }
        if (!told) {
          LOG.warn("Waiting for Cassandra at {}: {}", config.contactPoints(), e.getMessage());
          told = true;
        }
        pause();
      } catch (DriverException e) {
        throw refused(e);
      }
    }
  }

  /** Whether somebody answered, who will not change his mind. */
  private static boolean isRefused(AllNodesFailedException e) {
    return e.getAllErrors().values().stream()
        .flatMap(List::stream)
        .anyMatch(AuthenticationException.class::isInstance);
  }

  private static CassandraStartException refused(DriverException e) {
    return new CassandraStartException("Cassandra refused to connect: " + e.getMessage(), e);
  }

  private CqlSession checked(CqlSession session) {
    var datacenters = new TreeSet<String>();
    session.getMetadata().getNodes().values().stream()
        .map(Node::getDatacenter)
        .filter(Objects::nonNull)
        .forEach(datacenters::add);
    if (datacenters.contains(config.localDatacenter())) {
      return session;
    }
    session.close();
    throw new CassandraStartException(
        "the Cassandra cluster has no node in the data centre '%s' but in %s: set stepwell.cassandra.local-datacenter"
            .formatted(config.localDatacenter(), datacenters));
  }

  private CqlSessionBuilder builder(Optional<String> keyspace) {
    var builder = CqlSession.builder().withConfigLoader(loader());
    keyspace.ifPresent(builder::withKeyspace);
    config
        .credentials()
        .ifPresent(given -> builder.withAuthCredentials(given.username(), given.password()));
    return builder;
  }

  private DriverConfigLoader loader() {
    var ours = ConfigFactory.parseMap(settings()).withFallback(config.driver());
    var all = ConfigFactory.empty().withValue(DRIVER, ours.root());
    return DriverConfigLoader.fromString(all.root().render(ConfigRenderOptions.concise()));
  }

  private Map<String, Object> settings() {
    var settings = new HashMap<String, Object>();
    settings.put("basic.contact-points", config.contactPoints());
    settings.put("basic.load-balancing-policy.local-datacenter", config.localDatacenter());
    settings.put("basic.session-name", "stepwell-" + config.keyspace());
    settings.put("basic.request.timeout", millis(config.requestTimeout()));
    settings.put("basic.request.consistency", config.consistency());
    settings.put("basic.request.serial-consistency", config.serialConsistency());
    // A statement says for itself that it may be repeated.
    settings.put("basic.request.default-idempotence", false);
    settings.put("advanced.throttler.class", "ConcurrencyLimitingRequestThrottler");
    settings.put("advanced.throttler.max-concurrent-requests", config.inFlightMax());
    settings.put("advanced.throttler.max-queue-size", QUEUE_MAX);
    settings.put("advanced.monitor-reporting.enabled", false);
    // Whoever closes a connection has nothing under way: no reason to wait for two seconds each
    // time.
    settings.put("advanced.netty.io-group.shutdown.quiet-period", 0);
    settings.put("advanced.netty.admin-group.shutdown.quiet-period", 0);
    return settings;
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " milliseconds";
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CassandraStartException("interrupted while waiting for Cassandra", e);
    }
  }
}
