package dev.stepwell.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Three nodes on one Cassandra keep their promises while one after the other is killed. Other
 * figures than those of every build: {@code -Dcluster.seed=1 -Dcluster.kills=50
 * -Dcluster.events=20000}. How long the event API of the other nodes may be silent is 2 s on a
 * machine of usual speed, and more here, because the tests of every build run on slow ones too:
 * {@code -Dcluster.gap=2000}.
 */
@Tag("long")
@Isolated
class ClusterCrashTest {

  private static final int NODES = 3;
  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(60);
  private static final Duration QUIET_WITHIN = Duration.ofSeconds(90);
  private static final Duration QUIET_FOR = Duration.ofSeconds(3);
  private static final Duration RESTART_AFTER = Duration.ofSeconds(1);
  private static final long KILL_AFTER_MIN_MILLIS = 8_000;
  private static final long KILL_AFTER_MAX_MILLIS = 15_000;

  private static final long RESUMED_WITHIN_MILLIS = 10_000;
  private static final long RESUMED_MEDIAN_MILLIS = 5_000;
  private static final long GAP_GOAL_MILLIS = 2_000;
  private static final long GAP_MAX_MILLIS = Long.getLong("cluster.gap", 6_000);
  private static final int KILLS = Integer.getInteger("cluster.kills", 10);
  private static final int EVENTS = Integer.getInteger("cluster.events", 5_000);

  private final long seed = Long.getLong("cluster.seed", System.nanoTime());
  private final Random chance = new Random(seed);

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void whoeverIsKilledTheOthersGoOnAndNothingIsLostOrRepeated(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
    System.out.println("cluster crash test: seed " + seed + ", logs and ledger in " + directory);
    var plan = Planner.plan(chance, EVENTS, KILLS, System.currentTimeMillis());
    try (var fleet = new Fleet(directory, Storage.shared(), NODES);
        var api = new Api(fleet.ports());
        var senders = new Senders(api)) {
      fleet.startAll();
      var gaps = carryOut(plan, fleet, senders);
      var collector = new Collector(api);
      var quiet = collector.awaitQuiet(QUIET_FOR, QUIET_WITHIN);
      var ledger = Ledger.read(ServerProcess.ledger(directory));
      var verdict = Checker.check(Evidence.collect(plan, senders, ledger, collector));
      var resumed = Resumption.delays(ledger, fleet.kills());
      System.out.printf(
          "cluster crash test: %d nodes, %d events, %d of them repeats; %d requests, %d events"
              + " acknowledged; %d kills; %d runs, %d executions of steps, %d of them repeated;"
              + " %d violations; of steps cut off %s; event API of the others silent for %s%n",
          NODES,
          plan.events(),
          plan.repeats(),
          senders.tries(),
          senders.events(),
          fleet.kills().size(),
          verdict.runs(),
          verdict.executions(),
          verdict.repeatedExecutions(),
          verdict.violations().size(),
          "resumed after " + text(resumed),
          text(gaps.stream().map(Gaps.Gap::lastsMillis).toList()));
      gaps.stream()
          .filter(gap -> gap.lastsMillis() > GAP_GOAL_MILLIS)
          .forEach(gap -> System.out.println("cluster crash test: longer than the goal: " + gap));
      assertThat(verdict.violations()).isEmpty();
      assertThat(quiet).as("everything has ended in time").isTrue();
      assertThat(resumed).allMatch(delay -> delay <= RESUMED_WITHIN_MILLIS);
      // Chance may have it that no kill meets a step.
      assertThat(resumed.stream().skip(resumed.size() / 2).limit(1))
          .allMatch(median -> median <= RESUMED_MEDIAN_MILLIS);
      assertThat(gaps.getLast().lastsMillis()).isLessThanOrEqualTo(GAP_MAX_MILLIS);
    }
  }

  /** Sends everything, and kills a node in each round. */
  private List<Gaps.Gap> carryOut(Plan plan, Fleet fleet, Senders senders)
      throws IOException, InterruptedException, TimeoutException {
    try (var gaps = new Gaps(fleet.ports())) {
      for (var round : plan.rounds()) {
        var lasts = chance.nextLong(KILL_AFTER_MIN_MILLIS, KILL_AFTER_MAX_MILLIS);
        round.forEach(request -> senders.send(request, chance.nextLong(lasts)));
        Thread.sleep(lasts);
        fleet.awaitReady();
        var victim = chance.nextInt(fleet.size());
        fleet.kill(victim);
        Thread.sleep(RESTART_AFTER);
        fleet.start(victim);
      }
      fleet.awaitReady();
      senders.finish(ACKNOWLEDGED_WITHIN);
      return gaps.longest(fleet.kills());
    }
  }

  private static String text(List<Long> millis) {
    return millis.isEmpty()
        ? "nothing"
        : "p50 %d ms, at most %d ms (of %d)"
            .formatted(millis.get(millis.size() / 2), millis.getLast(), millis.size());
  }
}
