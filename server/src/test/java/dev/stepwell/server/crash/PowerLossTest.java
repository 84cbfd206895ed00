package dev.stepwell.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.testkit.cassandra.CassandraOptions;
import dev.stepwell.testkit.cassandra.CassandraRing;
import dev.stepwell.testkit.cassandra.CommitLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The only copy of everything loses its power, again and again, and all nodes die with it: nothing
 * that was acknowledged is lost. Needs root: {@code mvn verify -Pnight -pl server -am
 * -Dtest=PowerLossTest -Dsurefire.failIfNoSpecifiedTests=false}. With {@code -Dpower.sync=PERIODIC}
 * it fails, as it should: what is lost then shows that the power is.
 */
@Tag("night")
@Isolated
class PowerLossTest {

  private static final int NODES = 2;
  private static final int CUTS = Integer.getInteger("power.cuts", 10);
  private static final int EVENTS = Integer.getInteger("power.events", 2_000);
  private static final CommitLog SYNC =
      CommitLog.valueOf(System.getProperty("power.sync", CommitLog.GROUP.name()));
  private static final int DISK_MIB = 2_048;
  private static final Duration SENT_OVER = Duration.ofSeconds(8);
  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofMinutes(2);
  private static final Duration QUIET_FOR = Duration.ofSeconds(3);
  private static final Duration QUIET_WITHIN = Duration.ofMinutes(2);
  private static final int CQL_PORT = 19_142;
  private static final int STORAGE_PORT = 17_100;

  private final long seed = Long.getLong("power.seed", System.nanoTime());
  private final Random chance = new Random(seed);

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void nothingThatWasAcknowledgedIsLostWithThePower(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
    System.out.println("power loss test: seed " + seed + ", logs and ledger in " + directory);
    var plan = Planner.plan(chance, EVENTS, CUTS, System.currentTimeMillis());
    var options = CassandraOptions.DEFAULT.with(SYNC);
    try (var disk = LoopDisk.create(directory, DISK_MIB);
        var ring =
            CassandraRing.start(1, options, disk.path().resolve("ring"), CQL_PORT, STORAGE_PORT);
        var fleet = new Fleet(directory, Storage.on(ring), NODES);
        var api = new Api(fleet.ports());
        var senders = new Senders(api)) {
      fleet.startAll();
      for (var round : plan.rounds()) {
        round.forEach(request -> senders.send(request, chance.nextLong(SENT_OVER.toMillis())));
        Thread.sleep(SENT_OVER.dividedBy(2).plusMillis(chance.nextLong(SENT_OVER.toMillis())));
        disk.losePower();
        ring.node(0).kill();
        IntStream.range(0, NODES).forEach(fleet::kill);
        disk.restart();
        ring.node(0).restart();
        fleet.startAll();
      }
      senders.finish(ACKNOWLEDGED_WITHIN);
      var collector = new Collector(api);
      var quiet = collector.awaitQuiet(QUIET_FOR, QUIET_WITHIN);
      var verdict =
          Checker.check(
              Evidence.collect(
                  plan, senders, Ledger.read(ServerProcess.ledger(directory)), collector));
      System.out.printf(
          "power loss test: commit log synced %s; %d cuts; %d events acknowledged; %d runs, %d"
              + " executions of steps, %d of them repeated; %d violations%n",
          SYNC,
          CUTS,
          senders.events(),
          verdict.runs(),
          verdict.executions(),
          verdict.repeatedExecutions(),
          verdict.violations().size());
      assertThat(verdict.violations()).isEmpty();
      assertThat(quiet).as("everything has ended in time").isTrue();
    }
  }
}
