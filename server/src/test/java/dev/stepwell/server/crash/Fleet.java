package dev.stepwell.server.crash;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several nodes, each a process of its own that can be killed and started again. They reach each
 * other at addresses of their own: 127.0.0.11, 127.0.0.12 and so on.
 */
final class Fleet implements AutoCloseable {

  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /**
   * A kill.
   *
   * @param life that it ended
   */
  record Kill(int node, int life, long atMillis) {}

  private static final class Place {
    private final String host;
    private final int port = freePort();
    private final int clusterPort = freePort();
    private final Api api = new Api(port);
    private int life;
    private @Nullable ServerProcess process;

    Place(int node) {
      host = "127.0.0.1" + (node + 1);
    }
  }

  private final Path directory;
  private final Storage storage;
  private final List<Place> places = new ArrayList<>();
  private final List<Kill> kills = new ArrayList<>();
  private int lives;

  Fleet(Path directory, Storage storage, int size) {
    this.directory = directory;
    this.storage = storage;
    for (var i = 0; i < size; i++) {
      places.add(new Place(i));
    }
  }

  int[] ports() {
    return places.stream().mapToInt(place -> place.port).toArray();
  }

  int size() {
    return places.size();
  }

  /** Where the others reach a node. */
  String host(int node) {
    return places.get(node).host;
  }

  List<Kill> kills() {
    return kills;
  }

  void startAll() throws IOException, InterruptedException {
    for (var i = 0; i < places.size(); i++) {
      start(i);
    }
    awaitReady();
  }

  void start(int node) throws IOException {
    var place = places.get(node);
    place.life = ++lives;
    place.process =
        ServerProcess.startClustered(directory, "node-" + node, place.life, settings(place));
  }

  /** Waits until all nodes take requests. */
  void awaitReady() throws InterruptedException {
    var deadline = System.nanoTime() + READY_WITHIN.toNanos();
    for (var place : places) {
      while (!place.api.isReady()) {
        var process = place.process;
        if (process == null || !process.survives(LOOK_EVERY) || System.nanoTime() > deadline) {
          throw new AssertionError(
              "node " + places.indexOf(place) + " did not come up; see its log");
        }
      }
    }
  }

  void kill(int node) {
    var place = places.get(node);
    var process = place.process;
    if (process != null) {
      process.close();
      kills.add(new Kill(node, place.life, System.currentTimeMillis()));
    }
  }

  /** Stops all threads of a node where they are. */
  void pause(int node) throws IOException, InterruptedException {
    running(node).signal("STOP");
  }

  void resume(int node) throws IOException, InterruptedException {
    running(node).signal("CONT");
  }

  private ServerProcess running(int node) {
    var process = places.get(node).process;
    if (process == null) {
      throw new IllegalStateException("node " + node + " was never started");
    }
    return process;
  }

  /**
   * Starts those nodes again that have ended by themselves, as a supervisor does, until all take
   * requests.
   *
   * @return how many had ended
   */
  int supervise() throws IOException, InterruptedException {
    var ended = 0;
    var deadline = System.nanoTime() + READY_WITHIN.toNanos();
    for (var node = 0; node < places.size(); node++) {
      while (!places.get(node).api.isReady()) {
        if (!running(node).survives(LOOK_EVERY)) {
          ended++;
          start(node);
        }
        if (System.nanoTime() > deadline) {
          throw new AssertionError("node " + node + " did not come up again; see its log");
        }
      }
    }
    return ended;
  }

  /** Has a node stop gracefully, and waits until its process has ended: in milliseconds. */
  long stop(int node) throws InterruptedException {
    var process = places.get(node).process;
    var begun = System.nanoTime();
    if (process == null || !process.stop(STOPPED_WITHIN)) {
      throw new AssertionError("node " + node + " did not stop; see its log");
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  private Map<String, Object> settings(Place place) {
    var settings = new HashMap<String, Object>();
    settings.put("stepwell.gateway.port", place.port);
    settings.put("stepwell.cluster.host", place.host);
    settings.put("stepwell.cluster.port", place.clusterPort);
    // So that packets show whom they are from, and can be lost on their way.
    settings.put("pekko.remote.artery.advanced.tcp.outbound-client-hostname", place.host);
    settings.put(
        "stepwell.cluster.contact-points.list",
        places.stream().map(it -> it.host + ":" + it.clusterPort).collect(Collectors.joining(",")));
    // All clocks are one.
    settings.put("stepwell.cluster.clock-skew-max", "0s");
    settings.putAll(storage.settings());
    return settings;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("there is no free port", e);
    }
  }

  @Override
  public void close() {
    for (var place : places) {
      if (place.process != null) {
        place.process.close();
      }
      place.api.close();
    }
  }
}
