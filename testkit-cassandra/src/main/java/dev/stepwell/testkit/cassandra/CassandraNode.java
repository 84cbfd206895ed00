package dev.stepwell.testkit.cassandra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One node of a {@link CassandraRing}. */
public final class CassandraNode {

  private static final Duration START_MAX = Duration.ofMinutes(3);
  private static final int POLL_MILLIS = 50;
  private static final int CONNECT_MILLIS = 500;
  private static final int TAIL_LINES = 40;
  private static final String LISTENS = "Starting listening for CQL clients";

  private final NodePlace place;
  private final NodeFiles files;
  private final List<String> command;
  private int starts;
  private @Nullable NodeProcess process;

  CassandraNode(NodePlace place, NodeFiles files, List<String> command) {
    this.place = place;
    this.files = files;
    this.command = command;
  }

  /** Where it listens for CQL. */
  public InetSocketAddress contactPoint() {
    return new InetSocketAddress(place.address(), place.cqlPort());
  }

  /** Where clients find it: there, or at a proxy. */
  InetSocketAddress clientsAt() {
    return new InetSocketAddress(place.clientAddress(), place.cqlPort());
  }

  /** The log of its latest start. */
  public synchronized Path log() {
    return files.log(starts);
  }

  /** The directory with its configuration, logs and data. */
  public Path directory() {
    return files.directory();
  }

  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Dies at once, as by {@code kill -9}. Harmless when it is dead. */
  public synchronized void kill() {
    if (process != null) {
      process.kill();
    }
  }

  /**
   * Starts it again, with the data it had, and waits until it takes clients.
   *
   * @throws CassandraNotStartedException if it does not come up
   */
  public void restart() {
    kill();
    launch();
    awaitClients();
  }

  /** Stops all its threads where they are, until {@link #resume}. */
  public void pause() {
    running().signal("STOP");
  }

  public void resume() {
    running().signal("CONT");
  }

  /** The CPU time that its process has used so far. */
  public Duration cpu() {
    return running().cpu();
  }

  private synchronized NodeProcess running() {
    if (process == null || !process.isAlive()) {
      throw new IllegalStateException("the Cassandra node " + place.address() + " does not run");
    }
    return process;
  }

  synchronized void launch() {
    starts++;
    try {
      process = NodeProcess.start(command, files.log(starts));
    } catch (IOException e) {
      throw new CassandraNotStartedException("could not start Cassandra: " + e.getMessage(), e);
    }
  }

  /** Waits until it takes clients. */
  void awaitClients() {
    awaitLog(log -> log.contains(LISTENS), "take CQL clients");
    await(this::connects, "take CQL clients");
  }

  /** Waits until its log says something. */
  void awaitLog(Predicate<String> says, String what) {
    await(() -> says.test(logText()), what);
  }

  private void await(BooleanSupplier done, String what) {
    var deadline = System.nanoTime() + START_MAX.toNanos();
    var running = running();
    while (!done.getAsBoolean()) {
      if (running.waitFor(POLL_MILLIS)) {
        throw notStarted("died before it could " + what);
      }
      if (System.nanoTime() - deadline > 0) {
        throw notStarted("did not " + what + " within " + START_MAX.toSeconds() + " s");
      }
    }
  }

  private boolean connects() {
    try (var socket = new Socket()) {
      socket.connect(contactPoint(), CONNECT_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private CassandraNotStartedException notStarted(String how) {
    var lines = logText().lines().toList();
    var tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    return new CassandraNotStartedException(
        "the Cassandra node %s:%d %s. The end of %s:%n%s"
            .formatted(place.address(), place.cqlPort(), how, log(), String.join("\n", tail)));
  }

  private String logText() {
    try {
      return Files.exists(log()) ? Files.readString(log(), UTF_8) : "";
    } catch (IOException e) {
      return "(unreadable: " + e.getMessage() + ")";
    }
  }
}
