package dev.stepwell.cassandra.owner;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.stepwell.cassandra.cql.Cql;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The leases of all processes, and a list of these. All that changes is changed by lightweight
 * transactions. A lease that is gone never comes back: the next process has another id.
 */
final class LeaseTable {

  /** All processes are in one partition of their list. */
  private static final String ALL = "all";

  /** What came of a renewal. */
  enum Renewal {
    DONE,
    /** A later one has come first. */
    OVERTAKEN,
    /** There is no lease any more. */
    GONE
  }

  private final Cql cql;
  private final ConsistencyLevel serial;
  private final Duration timeout;
  private final PreparedStatement insert;
  private final PreparedStatement renew;
  private final PreparedStatement delete;
  private final PreparedStatement counter;
  private final PreparedStatement list;
  private final PreparedStatement enlist;
  private final PreparedStatement name;
  private final PreparedStatement strike;

  /**
   * The tables behind a connection.
   *
   * @param serial how a read sees what lightweight transactions have done
   * @param timeout after this long an answer counts as missing
   */
  LeaseTable(Cql cql, ConsistencyLevel serial, Duration timeout) {
    this.cql = cql;
    this.serial = serial;
    this.timeout = timeout;
    insert =
        cql.prepareOnce(
            "INSERT INTO process_leases (process, counter) VALUES (?, 0) IF NOT EXISTS");
    // Not IF EXISTS: a renewal that was given up may still arrive, and must not undo a later one.
    renew =
        cql.prepareOnce("UPDATE process_leases SET counter = ? WHERE process = ? IF counter < ?");
    delete = cql.prepareOnce("DELETE FROM process_leases WHERE process = ? IF counter = ?");
    counter = cql.prepareIdempotent("SELECT counter FROM process_leases WHERE process = ?");
    list = cql.prepareIdempotent("SELECT process, address FROM processes WHERE scope = ?");
    enlist = cql.prepareOnce("INSERT INTO processes (scope, process) VALUES (?, ?) IF NOT EXISTS");
    name =
        cql.prepareOnce(
            "UPDATE processes SET address = ? WHERE scope = ? AND process = ? IF EXISTS");
    strike = cql.prepareOnce("DELETE FROM processes WHERE scope = ? AND process = ? IF EXISTS");
  }

  /** Makes the lease of a new process, and only then puts it on the list. */
  CompletionStage<Void> create(UUID process) {
    return send(insert.bind(process))
        .thenCompose(_ -> send(enlist.bind(ALL, process)))
        .thenAccept(_ -> {});
  }

  /** Renews a lease. */
  CompletionStage<Renewal> renew(UUID process, long to) {
    return send(renew.bind(to, process, to))
        .thenApply(answer -> {
          if (answer.wasApplied()) {
            return Renewal.DONE;
          }
          return present(answer).isPresent() ? Renewal.OVERTAKEN : Renewal.GONE;
        });
  }

  /**
   * Deletes a lease if it has that counter.
   *
   * @return the counter that it has instead, or empty if it is gone
   */
  CompletionStage<OptionalLong> delete(UUID process, long ifCounter) {
    return send(delete.bind(process, ifCounter))
        .thenApply(answer -> answer.wasApplied() ? OptionalLong.empty() : present(answer));
  }

  /** The counter that a lease has, whatever was under way; empty if it is gone. */
  CompletionStage<OptionalLong> certainCounter(UUID process) {
    return send(counter.bind(process).setConsistencyLevel(serial)).thenApply(LeaseTable::present);
  }

  /** The counters of leases, as they were a moment ago or are now. */
  CompletionStage<Map<UUID, OptionalLong>> counters(Set<UUID> of) {
    var counters = new HashMap<UUID, OptionalLong>();
    var answers =
        of.stream()
            .map(process ->
                send(counter.bind(process))
                    .thenAccept(answer -> {
                      synchronized (counters) {
                        counters.put(process, present(answer));
                      }
                    })
                    .toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(answers).thenApply(_ -> counters);
  }

  /** The processes on the list, with their addresses as far as they have announced one. */
  CompletionStage<Map<UUID, Optional<String>>> processes() {
    return send(list.bind(ALL))
        .thenApply(answer -> {
          // A page holds thousands; a cluster has some.
          var processes = new HashMap<UUID, Optional<String>>();
          for (var row : answer.currentPage()) {
            processes.put(row.getUuid(0), Optional.ofNullable(row.getString(1)));
          }
          return processes;
        });
  }

  CompletionStage<Void> announce(UUID process, String address) {
    return send(name.bind(address, ALL, process)).thenAccept(_ -> {});
  }

  /** Takes a process whose lease is gone off the list. */
  CompletionStage<Void> strike(UUID process) {
    return send(strike.bind(ALL, process)).thenAccept(_ -> {});
  }

  private CompletionStage<AsyncResultSet> send(BoundStatement statement) {
    return cql.execute(statement.setTimeout(timeout));
  }

  private static OptionalLong present(AsyncResultSet answer) {
    var row = answer.one();
    return row == null || !hasCounter(row) ? OptionalLong.empty() : OptionalLong.of(counter(row));
  }

  private static boolean hasCounter(Row row) {
    return row.getColumnDefinitions().contains("counter") && !row.isNull("counter");
  }

  private static long counter(Row row) {
    return row.getLong("counter");
  }
}
