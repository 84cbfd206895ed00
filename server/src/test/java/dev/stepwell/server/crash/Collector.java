package dev.stepwell.server.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks the server what has become of everything. */
final class Collector {

  private static final int AT_A_TIME = 8;
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Api api;

  Collector(Api api) {
    this.api = api;
  }

  /**
   * Waits until no run is under way, and none has come for a while.
   *
   * @return whether that was so in time
   */
  boolean awaitQuiet(Duration quietFor, Duration within) throws InterruptedException {
    var deadline = System.nanoTime() + within.toNanos();
    var quietSince = System.nanoTime();
    var before = -1;
    while (System.nanoTime() < deadline) {
      var runs = api.all("/v1/runs?limit=1000");
      var busy = runs.stream().anyMatch(run -> run.path("status").asText().equals("Running"));
      if (busy || runs.size() != before) {
        before = runs.size();
        quietSince = System.nanoTime();
      } else if (System.nanoTime() - quietSince > quietFor.toNanos()) {
        return true;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    return false;
  }

  List<Seen.Event> events() throws InterruptedException {
    return api.all("/v1/events?limit=50&internal=true").stream().map(Seen::event).toList();
  }

  /** Every run that is listed, as it says itself. */
  List<Seen.Run> runs() throws InterruptedException, ExecutionException {
    var pending = new ArrayList<Future<Seen.Run>>();
    var pool = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      for (var line : api.all("/v1/runs?limit=1000")) {
        var id = line.path("run_id").asText();
        pending.add(pool.submit(() -> Seen.run(line, api.get("/v1/runs/" + id).path("data"))));
      }
      var runs = new ArrayList<Seen.Run>();
      for (var run : pending) {
        runs.add(run.get());
      }
      return runs;
    } finally {
      pool.shutdownNow();
      var _ = pool.awaitTermination(1, TimeUnit.SECONDS);
    }
  }
}
