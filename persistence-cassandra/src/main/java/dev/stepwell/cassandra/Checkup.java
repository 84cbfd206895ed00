package dev.stepwell.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.Version;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.typesafe.config.Config;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Looks whether a Cassandra cluster keeps what Stepwell promises, and changes nothing there. Needs
 * no keyspace.
 */
public final class Checkup {

  private static final Version OLDEST = Objects.requireNonNull(Version.parse("4.1.0"));
  private static final int COPIES = 3;

  /** Less than the margin of a lease; and what one answer may take on its way. */
  private static final Duration CLOCK_APART = Duration.ofMillis(200);

  /** They are answered by more than half of the copies, so that a read sees every write. */
  private static final Set<String> MAJORITIES =
      Set.of("LOCAL_QUORUM", "QUORUM", "EACH_QUORUM", "ALL");

  private final CassandraConfig config;
  private final CqlSession session;
  private final InstantSource clock;
  private final List<Finding> findings = new ArrayList<>();

  private Checkup(CassandraConfig config, CqlSession session, InstantSource clock) {
    this.config = config;
    this.session = session;
    this.clock = clock;
  }

  /**
   * Looks at everything.
   *
   * @param root with {@code stepwell.cassandra}
   * @return in the order in which people would look; only one if Cassandra can't be reached
   */
  public static List<Finding> of(Config root, InstantSource clock) {
    CassandraConfig config;
    try {
      config = CassandraConfig.of(root);
    } catch (RuntimeException e) {
      return List.of(Finding.bad("configuration", String.valueOf(e.getMessage())));
    }
    try (var session = new Connections(config).open(Optional.empty())) {
      var checkup = new Checkup(config, session, clock);
      checkup.look();
      return checkup.findings;
    } catch (CassandraStartException | DriverException e) {
      return List.of(Finding.bad("connection", String.valueOf(e.getMessage())));
    }
  }

  private void look() {
    var nodes = List.copyOf(session.getMetadata().getNodes().values());
    lookAtNodes(nodes);
    for (var node : nodes) {
      if (node.getState() == NodeState.UP) {
        lookAt(node);
      }
    }
    lookAtConsistency();
    lookAtKeyspace();
  }

  private void lookAtNodes(List<Node> nodes) {
    var down = nodes.stream().filter(node -> node.getState() == NodeState.DOWN).toList();
    if (down.isEmpty()) {
      findings.add(Finding.good("nodes", "%d, all of them up".formatted(nodes.size())));
    } else {
      findings.add(
          Finding.risky(
              "nodes",
              "%d of %d are down: %s"
                  .formatted(
                      down.size(), nodes.size(), down.stream().map(Checkup::name).toList())));
    }
    var local =
        nodes.stream()
            .filter(node -> config.localDatacenter().equals(node.getDatacenter()))
            .count();
    if (local < COPIES) {
      findings.add(
          Finding.risky(
              "data centre",
              "%s has %d of the %d nodes that it takes to survive the loss of one"
                  .formatted(config.localDatacenter(), local, COPIES)));
    }
  }

  private void lookAt(Node node) {
    var version = node.getCassandraVersion();
    if (version != null && version.compareTo(OLDEST) < 0) {
      findings.add(
          Finding.bad(
              "version of " + name(node),
              "%s; Stepwell needs %s or newer".formatted(version, OLDEST)));
    }
    lookAtClock(node);
    lookAtCommitLog(node);
  }

  /** Half of the way is there, half back. */
  private void lookAtClock(Node node) {
    var before = clock.instant();
    var theirs =
        ask(node, "SELECT toTimestamp(now()) FROM system.local").map(it -> it.getInstant(0));
    var after = clock.instant();
    if (theirs.isEmpty()) {
      return;
    }
    var middle = before.plus(Duration.between(before, after).dividedBy(2));
    var apart = Duration.between(middle, theirs.get()).abs();
    var text =
        "%d ms from the clock here (asked for %d ms)"
            .formatted(apart.toMillis(), Duration.between(before, after).toMillis());
    var subject = "clock of " + name(node);
    findings.add(
        apart.compareTo(CLOCK_APART) <= 0
            ? Finding.good(subject, text)
            : Finding.risky(subject, text + "; let NTP or chrony set all clocks"));
  }

  private void lookAtCommitLog(Node node) {
    var subject = "commit log of " + name(node);
    var mode = setting(node, "commitlog_sync").map(text -> text.toLowerCase(Locale.ROOT));
    if (mode.isEmpty()) {
      findings.add(Finding.risky(subject, "how it is synced can't be read"));
    } else if (mode.get().equals("periodic")) {
      var period = setting(node, "commitlog_sync_period").orElse("some seconds");
      findings.add(
          Finding.risky(
              subject,
              "synced every %s: should all copies lose power at once, what was acknowledged since is lost; set commitlog_sync to group or batch in cassandra.yaml"
                  .formatted(period)));
    } else {
      findings.add(
          Finding.good(subject, "synced before a write is acknowledged (" + mode.get() + ")"));
    }
  }

  private Optional<String> setting(Node node, String name) {
    return ask(node, "SELECT value FROM system_views.settings WHERE name = '" + name + "'")
        .map(row -> row.getString(0));
  }

  private Optional<Row> ask(Node node, String cql) {
    try {
      return Optional.ofNullable(
          session.execute(SimpleStatement.newInstance(cql).setNode(node)).one());
    } catch (DriverException _) {
      return Optional.empty();
    }
  }

  private void lookAtConsistency() {
    findings.add(
        MAJORITIES.contains(config.consistency())
            ? Finding.good("consistency", config.consistency())
            : Finding.bad(
                "consistency",
                config.consistency()
                    + " loses what was acknowledged; set stepwell.cassandra.consistency to LOCAL_QUORUM"));
  }

  private void lookAtKeyspace() {
    var keyspace = session.getMetadata().getKeyspace(config.keyspace());
    if (keyspace.isEmpty()) {
      findings.add(
          config.createKeyspace()
              ? Finding.good("keyspace", config.keyspace() + " will be made by the first node")
              : Finding.bad(
                  "keyspace",
                  config.keyspace()
                      + " does not exist, and stepwell.cassandra.create-keyspace is off"));
      return;
    }
    lookAtReplication(keyspace.get().getReplication());
    lookAtSchema();
  }

  private void lookAtReplication(Map<String, String> replication) {
    var strategy = replication.getOrDefault("class", "");
    var copies = replication.getOrDefault(config.localDatacenter(), "0").split("/", -1)[0];
    if (!strategy.endsWith("NetworkTopologyStrategy")) {
      findings.add(Finding.risky("replication", strategy + "; use NetworkTopologyStrategy"));
    } else if (Integer.parseInt(copies) < COPIES) {
      findings.add(
          Finding.risky(
              "replication",
              "%s of everything in %s: with %d the loss of any one node loses nothing and stops nothing"
                  .formatted(
                      copies.equals("1") ? "1 copy" : copies + " copies",
                      config.localDatacenter(),
                      COPIES)));
    } else {
      findings.add(Finding.good("replication", replication.toString()));
    }
  }

  private void lookAtSchema() {
    try {
      var missing = new Migrations(session, config, Schema.steps()).missing();
      findings.add(
          missing.isEmpty()
              ? Finding.good("schema", "as this version needs it")
              : Finding.good(
                  "schema",
                  "%d steps behind; the next node of this version takes them"
                      .formatted(missing.size())));
    } catch (CassandraStartException e) {
      findings.add(Finding.bad("schema", String.valueOf(e.getMessage())));
    } catch (DriverException _) {
      findings.add(Finding.good("schema", "to be made by the first node"));
    }
  }

  private static String name(Node node) {
    return node.getEndPoint().toString();
  }
}
