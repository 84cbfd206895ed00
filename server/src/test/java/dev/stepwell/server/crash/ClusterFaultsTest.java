package dev.stepwell.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.stepwell.cassandra.CassandraAudit;
import dev.stepwell.engine.EngineStart;
import dev.stepwell.testkit.cassandra.CassandraOptions;
import dev.stepwell.testkit.cassandra.CassandraRing;
import dev.stepwell.testkit.cassandra.ChaosProxy;
import dev.stepwell.testkit.cassandra.CommitLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
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
 * Three nodes on three Cassandras keep their promises while all goes wrong that can: Cassandras
 * die, nodes do not reach each other or hang, statements get lost, and everything dies at once.
 * Needs the machine for itself, and root: {@code mvn verify -Pnight -pl server -am
 * -Dtest=ClusterFaultsTest -Dsurefire.failIfNoSpecifiedTests=false}. What it prints is for {@code
 * docs/reliability.md}.
 */
@Tag("night")
@Isolated
class ClusterFaultsTest {

  private static final int NODES = 3;
  private static final int PARTITIONS = Integer.getInteger("faults.partitions", 20);
  private static final int PAUSES = Integer.getInteger("faults.pauses", 5);
  private static final int LOSSES = Integer.getInteger("faults.losses", 2_000);
  private static final int EVENTS_OF_A_ROUND = Integer.getInteger("faults.events", 80);

  /** More than are needed, so that there is something to send for as long as it takes. */
  private static final int ROUNDS_OF_LOSS_MAX = 40;

  private static final Duration SENT_OVER = Duration.ofSeconds(12);
  private static final Duration BEFORE_A_FAULT = Duration.ofSeconds(3);
  private static final Duration CASSANDRA_DEAD_FOR = Duration.ofSeconds(15);
  private static final Duration PARTED_FOR = Duration.ofSeconds(15);
  private static final Duration PAUSED_FOR = Duration.ofMinutes(1);
  private static final Duration LOSING_FOR = Duration.ofSeconds(20);
  private static final Duration LATE = Duration.ofSeconds(7);
  private static final int STEADY_RATE = 20;

  /** Many statements, so that many get lost. */
  private static final int RATE_OF_LOSS = 80;

  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofMinutes(3);
  private static final Duration QUIET_WITHIN = Duration.ofMinutes(3);
  private static final Duration QUIET_FOR = Duration.ofSeconds(3);

  private final long seed = Long.getLong("faults.seed", System.nanoTime());
  private final Random chance = new Random(seed);
  private final List<Integer> ended = new ArrayList<>();

  @Test
  @Timeout(value = 120, unit = TimeUnit.MINUTES)
  void whateverGoesWrongNothingIsLostOrRepeated(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
    System.out.println("cluster faults test: seed " + seed + ", logs and ledger in " + directory);
    var rounds = NODES + PARTITIONS + PAUSES + 1 + ROUNDS_OF_LOSS_MAX;
    var plan = Planner.plan(chance, EVENTS_OF_A_ROUND * rounds, rounds, System.currentTimeMillis());
    var options = CassandraOptions.DEFAULT.with(CommitLog.GROUP).behindProxies();
    try (var ring = CassandraRing.start(NODES, options);
        var cuts = new Cuts()) {
      var storage = Storage.behindProxies(ring);
      try (var fleet = new Fleet(directory, storage, NODES);
          var api = new Api(fleet.ports());
          var senders = new Senders(api)) {
        fleet.startAll();
        var requests = plan.rounds().iterator();
        killCassandras(ring, fleet, senders, requests);
        part(cuts, fleet, senders, requests);
        pause(fleet, senders, requests);
        lose(ring, fleet, senders, requests);
        stopEverything(ring, fleet, senders, requests);
        requests.forEachRemaining(round -> send(senders, round));
        fleet.supervise();
        senders.finish(ACKNOWLEDGED_WITHIN);
        judge(directory, storage, plan, senders, api);
      }
    }
  }

  private void send(Senders senders, List<Request> round) {
    round.forEach(request -> senders.send(request, chance.nextLong(SENT_OVER.toMillis())));
  }

  private void begin(Senders senders, Iterator<List<Request>> requests)
      throws InterruptedException {
    send(senders, requests.next());
    Thread.sleep(BEFORE_A_FAULT);
  }

  private void recover(String what, Fleet fleet) throws IOException, InterruptedException {
    var begun = System.nanoTime();
    ended.add(fleet.supervise());
    System.out.printf(
        "cluster faults test: %s; %d nodes had ended, all took requests %d ms later%n",
        what, ended.getLast(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
  }

  /** One after the other; meanwhile every event must be taken by the first node or the second. */
  private void killCassandras(
      CassandraRing ring, Fleet fleet, Senders senders, Iterator<List<Request>> requests)
      throws Exception {
    try (var steady = new SteadySender(STEADY_RATE, fleet.ports())) {
      for (var node : ring.nodes()) {
        begin(senders, requests);
        node.kill();
        Thread.sleep(CASSANDRA_DEAD_FOR);
        node.restart();
        recover("a Cassandra was killed", fleet);
        Thread.sleep(SENT_OVER);
      }
      steady.finish();
      System.out.printf(
          "cluster faults test: while Cassandras died %d events were sent, %d of them to a second"
              + " node, %d failed; taken after p99 %d ms%n",
          steady.sent(),
          steady.repeated(),
          steady.failed(),
          steady.tookMillis().get(steady.tookMillis().size() * 99 / 100));
      assertThat(steady.failed()).isZero();
    }
  }

  private void part(Cuts cuts, Fleet fleet, Senders senders, Iterator<List<Request>> requests)
      throws IOException, InterruptedException {
    for (var i = 0; i < PARTITIONS; i++) {
      var nodes = new ArrayList<>(IntStream.range(0, NODES).boxed().toList());
      Collections.shuffle(nodes, chance);
      var hosts = nodes.stream().map(fleet::host).toList();
      begin(senders, requests);
      var what =
          switch (chance.nextInt(4)) {
            case 0, 1 -> {
              cuts.cut(hosts.get(0), hosts.get(1));
              cuts.cut(hosts.get(1), hosts.get(0));
              cuts.cut(hosts.get(0), hosts.get(2));
              cuts.cut(hosts.get(2), hosts.get(0));
              yield "one and two";
            }
            case 2 -> {
              cuts.cut(hosts.get(0), hosts.get(1));
              cuts.cut(hosts.get(0), hosts.get(2));
              yield "one is not heard by two";
            }
            default -> {
              cuts.cut(hosts.get(0), hosts.get(1));
              yield "one is not heard by one";
            }
          };
      Thread.sleep(PARTED_FOR);
      cuts.heal();
      recover("parted, " + what, fleet);
    }
  }

  private void pause(Fleet fleet, Senders senders, Iterator<List<Request>> requests)
      throws IOException, InterruptedException {
    for (var i = 0; i < PAUSES; i++) {
      var node = chance.nextInt(NODES);
      begin(senders, requests);
      fleet.pause(node);
      Thread.sleep(PAUSED_FOR);
      fleet.resume(node);
      recover("a node hung for a minute", fleet);
    }
  }

  private void lose(
      CassandraRing ring, Fleet fleet, Senders senders, Iterator<List<Request>> requests)
      throws IOException, InterruptedException {
    for (var i = 0; i < ROUNDS_OF_LOSS_MAX && ring.lost() < LOSSES; i++) {
      var share = i % 4 == 0 ? 0.01 : 0.05;
      var before = ring.lost();
      try (var steady = new SteadySender(RATE_OF_LOSS, fleet.ports())) {
        begin(senders, requests);
        ring.lose(new ChaosProxy.Loss(share, LATE));
        Thread.sleep(LOSING_FOR);
        steady.finish();
      }
      ring.lose(ChaosProxy.Loss.NONE);
      recover(
          "%d statements lost, late or not answered, one in %.0f"
              .formatted(ring.lost() - before, 1 / share),
          fleet);
    }
    assertThat(ring.lost()).isGreaterThanOrEqualTo(LOSSES);
  }

  /** Nodes and Cassandras, in the middle of everything. */
  private void stopEverything(
      CassandraRing ring, Fleet fleet, Senders senders, Iterator<List<Request>> requests)
      throws IOException, InterruptedException {
    begin(senders, requests);
    IntStream.range(0, NODES).forEach(fleet::kill);
    ring.restartAll();
    fleet.startAll();
    recover("everything was killed", fleet);
  }

  private void judge(Path directory, Storage storage, Plan plan, Senders senders, Api api)
      throws Exception {
    var collector = new Collector(api);
    var quiet = collector.awaitQuiet(QUIET_FOR, QUIET_WITHIN);
    var ledger = Ledger.read(ServerProcess.ledger(directory));
    var verdict = Checker.check(Evidence.collect(plan, senders, ledger, collector).notOnlyKills());
    var config =
        ConfigFactory.parseMap(storage.settings()).withFallback(EngineStart.configuration());
    var audit = CassandraAudit.of(config, InstantSource.system(), QUIET_FOR);
    System.out.printf(
        "cluster faults test: %d events; %d requests; %d runs, %d executions of steps, %d of them"
            + " repeated; %d violations by the ledger; %d facts of %d runs and %d others, %d rows too"
            + " late to count, %d violations by the audit%n",
        plan.events(),
        senders.tries(),
        verdict.runs(),
        verdict.executions(),
        verdict.repeatedExecutions(),
        verdict.violations().size(),
        audit.store().facts(),
        audit.store().runs(),
        audit.store().others(),
        audit.store().ignoredRows(),
        audit.audit().violationCount());
    assertThat(verdict.violations()).isEmpty();
    assertThat(audit.audit().violations()).isEmpty();
    assertThat(quiet).as("everything has ended in time").isTrue();
  }
}
