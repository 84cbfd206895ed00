package dev.stepwell.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.QueryExecutionException;
import dev.stepwell.cassandra.Schema.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a keyspace to the newest step of {@link Schema}. One node does it, under a lock that it
 * takes by a lightweight transaction and that runs out by itself; the others wait for it.
 *
 * <p>What was done is in one partition of one table, with the lock in a static column, so that a
 * step is noted only while the lock is held. All statements may be repeated, because a lock may run
 * out while its holder is at work; so what is not answered is sent again.
 */
final class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private static final int LOCK_SECONDS = 60;
  private static final long POLL_MILLIS = 250;

  /** Shorter than the lock is held. */
  private static final Duration STATEMENT_MAX = Duration.ofSeconds(30);

  private static final String SCOPE = "stepwell";

  /** Stands in a step's statements for the keyspace. */
  private static final String KEYSPACE = "${keyspace}";

  private final CqlSession session;
  private final CassandraConfig config;
  private final List<Step> steps;
  private final String me = UUID.randomUUID().toString();
  private final String table;
  private final long deadline;

  Migrations(CqlSession session, CassandraConfig config, List<Step> steps) {
    this.session = session;
    this.config = config;
    this.steps = steps;
    table = config.keyspace() + ".schema_steps";
    deadline = System.nanoTime() + config.startTimeout().toNanos();
  }

  /**
   * Returns when the keyspace has all steps.
   *
   * @throws CassandraStartException if it has steps that this program does not know, or another
   *     node does not get ready in time
   */
  void run() {
    createKeyspace();
    createTable();
    awaitAgreement();
    while (!missing().isEmpty()) {
      if (lock()) {
        applyMissing();
      } else if (isTooLate()) {
        throw new CassandraStartException(
            "another node prepares the keyspace %s and has not finished within %d s; start again when it has"
                .formatted(config.keyspace(), config.startTimeout().toSeconds()));
      } else {
        pause();
      }
    }
    awaitAgreement();
  }

  private boolean isTooLate() {
    return System.nanoTime() - deadline > 0;
  }

  /**
   * Whatever one of Cassandra's nodes has made, the next statement may go to one that has not heard
   * of it yet. One that never does is not ours to wait for.
   */
  private void awaitAgreement() {
    while (!session.checkSchemaAgreement()) {
      if (isTooLate()) {
        LOG.warn("Cassandra's nodes do not agree on the schema; going on all the same");
        return;
      }
      pause();
    }
  }

  private void createKeyspace() {
    var exists = session.getMetadata().getKeyspace(config.keyspace()).isPresent();
    if (exists) {
      return;
    }
    if (!config.createKeyspace()) {
      throw new CassandraStartException(
          "the keyspace %s does not exist, and stepwell.cassandra.create-keyspace is off"
              .formatted(config.keyspace()));
    }
    var copies =
        config.replication().entrySet().stream()
            .map(entry -> "'" + entry.getKey().replace("'", "''") + "': " + entry.getValue())
            .collect(Collectors.joining(", "));
    execute(
        "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = {'class': 'NetworkTopologyStrategy', %s}"
            .formatted(config.keyspace(), copies));
  }

  /**
   * There is no lock yet under which to make this table. Its id is told, so that nodes that make it
   * at the same moment make the same one.
   */
  private void createTable() {
    var id = UUID.nameUUIDFromBytes(table.getBytes(UTF_8));
    execute(
        """
        CREATE TABLE IF NOT EXISTS %s (
          scope text, number int, name text, applied_at timestamp, lock text static,
          PRIMARY KEY (scope, number)
        ) WITH id = '%s'\
        """
            .formatted(table, id));
  }

  /**
   * The steps that the keyspace lacks.
   *
   * @throws CassandraStartException if it has steps that this program does not know
   */
  List<Step> missing() {
    var known = steps.stream().collect(Collectors.toMap(Step::number, Step::name));
    var applied = applied();
    applied.forEach((number, name) -> {
      if (!name.equals(known.get(number))) {
        throw new CassandraStartException(
            "the keyspace %s has step %d (%s) of a schema that this version of Stepwell does not know; it knows steps up to %d. Start the newer version that made it."
                .formatted(config.keyspace(), number, name, steps.size()));
      }
    });
    return steps.stream().filter(step -> !applied.containsKey(step.number())).toList();
  }

  private Map<Integer, String> applied() {
    var select =
        SimpleStatement.newInstance("SELECT number, name FROM " + table + " WHERE scope = ?", SCOPE)
            .setConsistencyLevel(DefaultConsistencyLevel.valueOf(config.serialConsistency()))
            .setIdempotent(true);
    var applied = new TreeMap<Integer, String>();
    for (var row : insist(select)) {
      // The lock's column makes a row without a number while there is no step.
      if (!row.isNull("number")) {
        applied.put(row.getInt("number"), row.getString("name"));
      }
    }
    return applied;
  }

  /** Whether this node has the lock: perhaps by a statement whose answer was lost. */
  private boolean lock() {
    return update(
                "UPDATE %s USING TTL ? SET lock = ? WHERE scope = ? IF lock = null",
                LOCK_SECONDS, me, SCOPE)
            .wasApplied()
        || keepsLock();
  }

  private boolean keepsLock() {
    return update(
            "UPDATE %s USING TTL ? SET lock = ? WHERE scope = ? IF lock = ?",
            LOCK_SECONDS, me, SCOPE, me)
        .wasApplied();
  }

  private void applyMissing() {
    try {
      for (var step : missing()) {
        for (var statement : step.statements()) {
          keepLock();
          execute(statement.replace(KEYSPACE, config.keyspace()));
        }
        note(step);
        LOG.info(
            "The keyspace {} has schema step {} ({})",
            config.keyspace(),
            step.number(),
            step.name());
      }
    } finally {
      update("UPDATE %s SET lock = null WHERE scope = ? IF lock = ?", SCOPE, me);
    }
  }

  private void keepLock() {
    if (!keepsLock()) {
      throw lost();
    }
  }

  private void note(Step step) {
    var batch =
        BatchStatement.newInstance(
            BatchType.LOGGED,
            statement(
                "UPDATE %s USING TTL ? SET lock = ? WHERE scope = ? IF lock = ?",
                LOCK_SECONDS, me, SCOPE, me),
            statement(
                "INSERT INTO %s (scope, number, name, applied_at) VALUES (?, ?, ?, ?)",
                SCOPE, step.number(), step.name(), Instant.now()));
    if (!insist(batch).wasApplied()) {
      throw lost();
    }
  }

  private CassandraStartException lost() {
    return new CassandraStartException(
        "preparing the keyspace %s took so long that another node began to do it; start again"
            .formatted(config.keyspace()));
  }

  private ResultSet update(String cql, Object... values) {
    return insist(statement(cql, values));
  }

  private SimpleStatement statement(String cql, Object... values) {
    return SimpleStatement.newInstance(cql.formatted(table), values);
  }

  private void execute(String cql) {
    insist(SimpleStatement.newInstance(cql).setTimeout(STATEMENT_MAX));
  }

  /** Sends a statement until it is answered, unless that takes too long. */
  private ResultSet insist(Statement<?> statement) {
    while (true) {
      try {
        return session.execute(statement);
      } catch (QueryExecutionException | DriverTimeoutException | AllNodesFailedException e) {
        if (isTooLate()) {
          throw unanswered(e);
        }
        LOG.info("Cassandra is slow, or just starting: {}", e.getMessage());
        pause();
      }
    }
  }

  private CassandraStartException unanswered(DriverException e) {
    return new CassandraStartException(
        "Cassandra did not answer while the keyspace %s was prepared, for %d s: %s"
            .formatted(config.keyspace(), config.startTimeout().toSeconds(), e.getMessage()),
        e);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CassandraStartException("interrupted while the keyspace was prepared", e);
    }
  }
}
