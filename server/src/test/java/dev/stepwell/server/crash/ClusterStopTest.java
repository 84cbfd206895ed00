package dev.stepwell.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Nodes that are stopped gracefully, one after the other, under load: no request is lost that is
 * tried once more, and a node is gone before others would take it for dead. In small in every
 * build; in full, on a machine of its own: {@code mvn verify -Plong -pl server -am
 * -Dtest=ClusterStopTest -Dsurefire.failIfNoSpecifiedTests=false -Dstop.times=20 -Dstop.rate=200}
 * (events a second).
 */
@Tag("long")
@Isolated
class ClusterStopTest {

  private static final int NODES = 3;
  private static final int TIMES = Integer.getInteger("stop.times", 3);
  private static final int RATE = Integer.getInteger("stop.rate", 40);

  /** A node that cuts its connections instead of handing over takes 10 s and more. */
  private static final long STOPPED_WITHIN_MILLIS = Long.getLong("stop.within", 8_000);

  private static final Duration BETWEEN = Duration.ofSeconds(3);
  private static final Duration QUIET_FOR = Duration.ofSeconds(3);
  private static final Duration QUIET_WITHIN = Duration.ofSeconds(90);

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void noRequestFailsWhenNodesAreStoppedOneAfterTheOther(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
    System.out.println("cluster stop test: logs and ledger in " + directory);
    var stops = new ArrayList<Long>();
    try (var fleet = new Fleet(directory, Storage.shared(), NODES);
        var api = new Api(fleet.ports())) {
      fleet.startAll();
      try (var sender = new SteadySender(RATE, fleet.ports())) {
        for (var i = 0; i < TIMES; i++) {
          Thread.sleep(BETWEEN);
          stops.add(fleet.stop(i % NODES));
          fleet.start(i % NODES);
          fleet.awaitReady();
        }
        Thread.sleep(BETWEEN);
        sender.finish();
        var quiet = new Collector(api).awaitQuiet(QUIET_FOR, QUIET_WITHIN);
        Collections.sort(stops);
        var took = sender.tookMillis();
        System.out.printf(
            "cluster stop test: %d stops at %d events/s; %d events, %d of them sent to a second"
                + " node, %d failed; accepted after p50 %d ms, p99 %d ms, at most %d ms; a node"
                + " ended after p50 %d ms, at most %d ms%n",
            TIMES,
            RATE,
            sender.sent(),
            sender.repeated(),
            sender.failed(),
            took.get(took.size() / 2),
            took.get(took.size() * 99 / 100),
            took.getLast(),
            stops.get(stops.size() / 2),
            stops.getLast());
        assertThat(sender.failed()).isZero();
        assertThat(stops.getLast()).isLessThanOrEqualTo(STOPPED_WITHIN_MILLIS);
        assertThat(quiet).as("everything has ended in time").isTrue();
        var runs = new Collector(api).runs();
        assertThat(runs.stream().filter(run -> run.function().equals(CrashFunctions.WORK)))
            .as("one run for each event")
            .hasSize(sender.work())
            .allMatch(run -> run.status().equals("Completed"));
      }
    }
  }
}
