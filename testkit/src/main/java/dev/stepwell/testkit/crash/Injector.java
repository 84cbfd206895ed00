package dev.stepwell.testkit.crash;

import dev.stepwell.testkit.CrashPlan;
import dev.stepwell.testkit.Moment;
import dev.stepwell.testkit.StoreCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Ends the process where it is told, one end after another, and takes down what it sees. */
final class Injector implements CrashPlan {

  private final InstantSource clock;
  private final Ledger ledger;
  private final Scene scene = new Scene();
  private final Queue<Crash> crashes;
  private final Map<CrashPoint, Integer> hits = new EnumMap<>(CrashPoint.class);
  private final Map<CrashPoint, Integer> ends = new EnumMap<>(CrashPoint.class);
  private int hitsOfNext;
  private boolean down;
  private volatile CompletableFuture<Boolean> end = new CompletableFuture<>();

  Injector(InstantSource clock, Ledger ledger, Collection<Crash> crashes) {
    this.clock = clock;
    this.ledger = ledger;
    this.crashes = new ArrayDeque<>(crashes);
  }

  @Override
  public synchronized Optional<Duration> downFor(Moment moment) {
    if (down) {
      down = false;
      end = new CompletableFuture<>();
      scene.newLife();
      ledger.add(new Ledger.Born(clock.millis()));
    }
    var here = CrashPoint.at(moment, scene);
    here.forEach(point -> hits.merge(point, 1, Integer::sum));
    var next = crashes.peek();
    if (next != null && here.contains(next.point()) && ++hitsOfNext == next.hit()) {
      crashes.remove();
      hitsOfNext = 0;
      ends.merge(next.point(), 1, Integer::sum);
      down = true;
      end.complete(true);
      return Optional.of(next.downFor());
    }
    pass(moment);
    return Optional.empty();
  }

  private void pass(Moment moment) {
    scene.passed(moment);
    if (moment instanceof Moment.Before(StoreCall.Append append)) {
      Facts.run(append)
          .ifPresent(
              run -> Facts.ofRun(append).forEach(fact -> ledger.add(new Ledger.Stored(run, fact))));
    }
  }

  /** Completes when the process that runs now ends by this. */
  CompletableFuture<Boolean> end() {
    return end;
  }

  /** How often the process has ended at a point. */
  synchronized int crashes(CrashPoint point) {
    return ends.getOrDefault(point, 0);
  }

  /** How often it has come to a point. */
  synchronized int hits(CrashPoint point) {
    return hits.getOrDefault(point, 0);
  }

  /** To be looked at when nothing goes on. */
  Scene scene() {
    return scene;
  }
}
