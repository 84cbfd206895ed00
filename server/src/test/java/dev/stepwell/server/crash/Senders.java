package dev.stepwell.server.crash;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends requests, several at a time, until each is acknowledged or has been tried enough. */
final class Senders implements AutoCloseable {

  private static final int AT_A_TIME = 12;

  /** After a failure; longer each time, so that a dead server costs little. */
  private static final long AGAIN_AFTER_MILLIS = 100;

  private static final long AGAIN_AFTER_MAX_MILLIS = 1_000;

  private final Api api;
  private final ExecutorService senders = Executors.newFixedThreadPool(AT_A_TIME);
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Phaser underWay = new Phaser(1);
  private final Set<String> attempted = ConcurrentHashMap.newKeySet();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger events = new AtomicInteger();
  private final AtomicInteger tries = new AtomicInteger();

  Senders(Api api) {
    this.api = api;
  }

  /** The keys of requests that were sent, whether they arrived or not. */
  Set<String> attempted() {
    return Set.copyOf(attempted);
  }

  /** The keys of requests that were acknowledged. */
  Set<String> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  /** How many events were acknowledged, repeats and answers included. */
  int events() {
    return events.get();
  }

  int tries() {
    return tries.get();
  }

  void send(Request request, long afterMillis) {
    underWay.register();
    attempt(request, 1, afterMillis);
  }

  private void attempt(Request request, int which, long afterMillis) {
    var _ =
        clock.schedule(
            () -> senders.execute(() -> attempt(request, which)),
            afterMillis,
            TimeUnit.MILLISECONDS);
  }

  private void attempt(Request request, int which) {
    attempted.addAll(request.keys());
    tries.incrementAndGet();
    if (trySend(request)) {
      acknowledged.addAll(request.keys());
      events.addAndGet(request.events());
      end(request);
    } else if (request.insistent()) {
      attempt(request, which + 1, Math.min(which * AGAIN_AFTER_MILLIS, AGAIN_AFTER_MAX_MILLIS));
    } else {
      end(request);
    }
  }

  private void end(Request request) {
    request.then().forEach(follower -> send(follower.request(), follower.afterMillis()));
    underWay.arriveAndDeregister();
  }

  private boolean trySend(Request request) {
    try {
      return api.send(request);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits until nothing is under way. */
  void finish(Duration within) throws InterruptedException, TimeoutException {
    var phase = underWay.arrive();
    underWay.awaitAdvanceInterruptibly(phase, within.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    senders.shutdownNow();
  }
}
