package dev.stepwell.server.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends events, some of them work, at a steady rate to all nodes in turn, each event once more, to
 * another node, if the first one does not take it.
 */
final class SteadySender implements AutoCloseable {

  private static final int WORK_EVERY = 20;

  private final List<Api> apis = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final List<Long> tookMillis = new CopyOnWriteArrayList<>();

  SteadySender(int perSecond, int... ports) {
    for (var port : ports) {
      apis.add(new Api(port));
    }
    var _ =
        clock.scheduleAtFixedRate(
            () -> senders.execute(this::send),
            0,
            TimeUnit.SECONDS.toNanos(1) / perSecond,
            TimeUnit.NANOSECONDS);
  }

  private void send() {
    var number = sent.getAndIncrement();
    var name = number % WORK_EVERY == 0 ? "crash/work" : "probe/sent";
    var body =
        "{\"id\":\"steady-%1$d\",\"name\":\"%2$s\",\"data\":{\"key\":\"s%1$d\"}}"
            .formatted(number, name);
    var begun = System.nanoTime();
    try {
      if (!apis.get(number % apis.size()).post(body)) {
        repeated.incrementAndGet();
        if (!apis.get((number + 1) % apis.size()).post(body)) {
          failed.incrementAndGet();
          return;
        }
      }
      tookMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends no more, and waits for what is under way. */
  void finish() throws InterruptedException {
    clock.shutdown();
    senders.shutdown();
    if (!senders.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new AssertionError("some requests are not answered");
    }
  }

  int sent() {
    return sent.get();
  }

  /** Events that each begin a run; nobody subscribes to the others. */
  int work() {
    return Math.ceilDiv(sent(), WORK_EVERY);
  }

  /** Events that the first node did not take. */
  int repeated() {
    return repeated.get();
  }

  /** Events that the second node did not take either. */
  int failed() {
    return failed.get();
  }

  /** How long each accepted event took, both tries together, ascending. */
  List<Long> tookMillis() {
    return tookMillis.stream().sorted().toList();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    senders.shutdownNow();
    apis.forEach(Api::close);
  }
}
