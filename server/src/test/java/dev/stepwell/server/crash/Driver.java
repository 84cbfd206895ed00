package dev.stepwell.server.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** Carries out a plan: one life of the server for each round, and one more to finish. */
final class Driver {

  /** On a machine so busy that this is not enough for all rounds, the rest goes without kills. */
  private static final Duration KILL_FOR = Duration.ofMinutes(4);

  private static final Duration START_WITHIN = Duration.ofSeconds(60);
  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final int KILLED_WHILE_STARTING_ONE_IN = 6;

  private final Path directory;
  private final int port;
  private final Api api;
  private final Senders senders;
  private final RandomGenerator chance;
  private int kills;

  Driver(Path directory, int port, Api api, Senders senders, RandomGenerator chance) {
    this.directory = directory;
    this.port = port;
    this.api = api;
    this.senders = senders;
    this.chance = chance;
  }

  int kills() {
    return kills;
  }

  /**
   * Sends everything and kills the server once in each round.
   *
   * @return the server, alive, after everything has been acknowledged
   */
  ServerProcess carryOut(Plan plan) throws IOException, InterruptedException, TimeoutException {
    var deadline = System.nanoTime() + KILL_FOR.toNanos();
    for (var round : plan.rounds()) {
      if (System.nanoTime() > deadline) {
        round.forEach(request -> senders.send(request, 0));
        continue;
      }
      try (var server = start()) {
        round.forEach(request -> senders.send(request, chance.nextLong(1_000)));
        if (chance.nextInt(KILLED_WHILE_STARTING_ONE_IN) > 0) {
          awaitReady(server);
        }
        if (!server.survives(Duration.ofMillis(chance.nextLong(100, 3_000)))) {
          throw new AssertionError("the server ended by itself; its log says why");
        }
        kills++;
      }
    }
    var last = start();
    awaitReady(last);
    senders.finish(ACKNOWLEDGED_WITHIN);
    return last;
  }

  private ServerProcess start() throws IOException {
    var shortPause = chance.nextBoolean() ? "10s" : "500ms";
    return ServerProcess.start(
        directory,
        kills + 1,
        Map.of("stepwell.gateway.port", port, "stepwell.engine.short-pause", shortPause));
  }

  private void awaitReady(ServerProcess server) throws InterruptedException {
    var deadline = System.nanoTime() + START_WITHIN.toNanos();
    while (!api.isReady()) {
      if (!server.survives(LOOK_EVERY) || System.nanoTime() > deadline) {
        throw new AssertionError("the server did not come up; its log says why");
      }
    }
  }
}
