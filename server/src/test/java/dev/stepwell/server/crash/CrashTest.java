package dev.stepwell.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A server that is killed again and again keeps its promises. Other figures than those of every
 * build, for longer trials: {@code -Dcrash.seed=1 -Dcrash.kills=200 -Dcrash.events=20000}.
 */
@Tag("crash")
@Execution(ExecutionMode.CONCURRENT)
class CrashTest {

  private static final Duration QUIET_WITHIN = Duration.ofSeconds(90);
  private static final Duration QUIET_FOR = Duration.ofSeconds(3);

  private static final int KILLS = Integer.getInteger("crash.kills", 16);
  private static final int EVENTS = Integer.getInteger("crash.events", 2_000);

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void killedAtRandomItLosesAndRepeatsNothing(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
    var seed = Long.getLong("crash.seed", System.nanoTime());
    System.out.println("crash test: seed " + seed + ", server.log and ledger in " + directory);
    var chance = new Random(seed);
    var plan = Planner.plan(chance, EVENTS, KILLS, System.currentTimeMillis());
    var port = freePort();
    try (var api = new Api(port);
        var senders = new Senders(api)) {
      var driver = new Driver(directory, port, api, senders, chance);
      try (var _ = driver.carryOut(plan)) {
        var collector = new Collector(api);
        var quiet = collector.awaitQuiet(QUIET_FOR, QUIET_WITHIN);
        var verdict =
            Checker.check(
                Evidence.collect(
                    plan, senders, Ledger.read(ServerProcess.ledger(directory)), collector));
        System.out.printf(
            "crash test: %d events, %d of them repeats; %d requests, %d events acknowledged;"
                + " %d kills; %d runs, %d executions of steps, %d of them repeated; %d violations%n",
            plan.events(),
            plan.repeats(),
            senders.tries(),
            senders.events(),
            driver.kills(),
            verdict.runs(),
            verdict.executions(),
            verdict.repeatedExecutions(),
            verdict.violations().size());
        assertThat(verdict.violations()).isEmpty();
        assertThat(quiet).as("everything has ended in time").isTrue();
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
