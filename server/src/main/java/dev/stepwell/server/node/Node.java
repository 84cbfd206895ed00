package dev.stepwell.server.node;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.RunningEngine;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that is up. It stops gracefully by {@link #close}, and when the process is asked to end:
 * takes no more requests, answers those under way, lets runs rest where they are, closes the store.
 */
public final class Node implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("dev.stepwell");
  private static final long LOOK_EVERY_MILLIS = 500;

  private final Parts parts;
  private final OpenStore store;
  private final RunningEngine engine;
  private final InetSocketAddress address;
  private final List<String> functions;
  private final CompletableFuture<Void> drain;
  private boolean stopped;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "stepwell-stop");

  Node(
      Parts parts,
      OpenStore store,
      RunningEngine engine,
      InetSocketAddress address,
      List<String> functions,
      CompletableFuture<Void> drain) {
    this.parts = parts;
    this.store = store;
    this.engine = engine;
    this.address = address;
    this.functions = functions;
    this.drain = drain;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Where it listens, by the address it is bound to. */
  public URI url() {
    var host = address.getAddress().getHostAddress();
    var shown = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + shown + ":" + address.getPort());
  }

  /** Where its data is; empty if that is not in a directory of this machine. */
  public Optional<Path> dataDir() {
    return store.directory();
  }

  /** The names of its functions. */
  public List<String> functions() {
    return functions;
  }

  /** The engine, to be asked without HTTP. */
  public Engine engine() {
    return engine.engine();
  }

  /**
   * Waits until the node is asked to stop: by {@link #close} on another thread, by a signal to the
   * process, by {@code stepwell cluster drain}, or by interrupting this thread, which stays
   * interrupted.
   *
   * @throws IllegalStateException if the node can't go on: its disk has failed, or its engine ended
   */
  public void awaitStop() {
    try {
      while (!stopping.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS) && !drain.isDone()) {
        requireAlive();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** What its store has done since the start, by name. */
  public Map<String, Long> storeCounters() {
    return store.store().counters();
  }

  void announce(Duration readyAfter) {
    LOG.atInfo()
        .addKeyValue("url", url())
        .addKeyValue("functions", functions.size())
        .addKeyValue("readyMillis", readyAfter.toMillis())
        .log(
            "Stepwell {} listens at {}, keeps its data {}, has {}; ready after {} s",
            Version.text(),
            url(),
            store.place(),
            functions.isEmpty() ? "no functions" : "functions " + String.join(", ", functions),
            readyAfter.toMillis() / 1000.0);
  }

  private void requireAlive() {
    store
        .store()
        .failure()
        .ifPresent(failure -> {
          throw new IllegalStateException(
              "The store has failed; what was acknowledged is safe, start the node again: "
                  + failure.getMessage(),
              failure);
        });
    if (engine.ending().isPresent() && stopping.getCount() > 0) {
      throw new IllegalStateException(
          "The node ends by itself, its log says why; start it again: " + engine.ending().get());
    }
  }

  /** Stops, and returns when all has stopped. A second call waits for the first. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending, and the hook is at it or has been.
    }
    stop();
  }

  private void stop() {
    stopping.countDown();
    synchronized (parts) {
      if (!stopped) {
        stopped = true;
        LOG.info("Stopping");
        parts.close();
        LOG.info("Stopped");
      }
    }
  }
}
