package dev.stepwell.benchmarks;

import dev.stepwell.engine.wire.Ulid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongUnaryOperator;

/**
 * Clients that keep a number of runs in flight: when enough of them have got to their goal, the
 * next request goes out.
 */
final class ClosedLoop implements AutoCloseable {

  private static final int OK = 200;
  private static final long PAUSE_MILLIS = 5;

  /** The run that the n-th event, counted from 0, is to bring to its goal. */
  interface RunOf {
    Ulid run(EventTemplate template, int event, long n);
  }

  /**
   * What is sent.
   *
   * @param number of the n-th event, counted from 0
   * @param most how many events are sent in all, a whole number of requests
   */
  record Load(EventTemplate template, RunOf run, LongUnaryOperator number, long most) {

    /** Events without a number, each with a run of {@code function}, until it is enough. */
    static Load endless(EventTemplate template, String function) {
      return new Load(
          template, (sent, event, _) -> sent.run(event, function), n -> n, Long.MAX_VALUE);
    }
  }

  private final Load load;
  private final InFlight inFlight;
  private final Semaphore room;
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicLong next = new AtomicLong();
  private final LongAdder refused = new LongAdder();
  private volatile boolean stopping;

  /**
   * Begins.
   *
   * @param ports of the nodes, which the clients share out among them
   * @param concurrency runs in flight, at least as many as a request has events
   */
  ClosedLoop(List<Integer> ports, Load load, InFlight inFlight, int concurrency, int threads) {
    this.load = load;
    this.inFlight = inFlight;
    this.room = new Semaphore(concurrency);
    inFlight.whenDone(room::release);
    for (var i = 0; i < threads; i++) {
      int port = ports.get(i % ports.size());
      clients.add(Thread.ofPlatform().name("client-" + i).start(() -> loop(port)));
    }
  }

  List<Thread> clients() {
    return clients;
  }

  /** Requests that were answered with anything but 200, and sent again. */
  long refused() {
    return refused.sum();
  }

  /** Waits until everything has been sent. */
  void awaitSent() throws InterruptedException {
    for (var client : clients) {
      client.join();
    }
  }

  private void loop(int port) {
    var template = load.template().copy();
    try (var connection = new EventConnection(port)) {
      while (!stopping) {
        var first = next.getAndAdd(template.events());
        if (first + template.events() > load.most()) {
          return;
        }
        if (!send(connection, template, first)) {
          return;
        }
      }
    } catch (IOException e) {
      if (!stopping) {
        throw new IllegalStateException("a client has lost its connection", e);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean send(EventConnection connection, EventTemplate template, long first)
      throws IOException, InterruptedException {
    while (!room.tryAcquire(template.events(), PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
      if (stopping) {
        return false;
      }
    }
    template.draw();
    for (var i = 0; i < template.events(); i++) {
      template.number(i, load.number().applyAsLong(first + i));
    }
    var now = System.nanoTime();
    for (var i = 0; i < template.events(); i++) {
      inFlight.begin(load.run().run(template, i, first + i), now);
    }
    while (connection.send(template.bytes()) != OK) {
      refused.increment();
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return true;
  }

  @Override
  public void close() {
    stopping = true;
    try {
      awaitSent();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
