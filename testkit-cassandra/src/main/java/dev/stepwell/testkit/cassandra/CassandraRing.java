package dev.stepwell.testkit.cassandra;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Some nodes that know each other, on 127.0.0.1, 127.0.0.2 and so on, in a data centre named {@link
 * #DATACENTER}. They die with this JVM.
 */
public final class CassandraRing implements AutoCloseable {

  public static final String DATACENTER = "datacenter1";

  // Below the range from which systems give out ports by themselves.
  private static final int PORT_MIN = 20_000;
  private static final int PORT_MAX = 30_000;
  private static final int PORT_TRIES = 100;

  private final Path directory;
  private final boolean temporary;
  private final List<CassandraNode> nodes;
  private final List<ChaosProxy> proxies = new ArrayList<>();

  private CassandraRing(Path directory, boolean temporary, List<CassandraNode> nodes) {
    this.directory = directory;
    this.temporary = temporary;
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Starts nodes on free ports, with their data in a temporary directory, and waits until all of
   * them take clients and know each other: 5 to 20 seconds.
   *
   * @throws CassandraNotStartedException if one does not come up
   */
  public static CassandraRing start(int nodes, CassandraOptions options) {
    try {
      var directory = Files.createTempDirectory("stepwell-cassandra-");
      return start(nodes, options, directory, true, freePort(nodes), freePort(nodes));
    } catch (IOException e) {
      throw new CassandraNotStartedException("no temporary directory: " + e.getMessage(), e);
    }
  }

  /**
   * The same in a directory that stays, on known ports.
   *
   * @param storagePort on which the nodes talk to each other
   */
  public static CassandraRing start(
      int nodes, CassandraOptions options, Path directory, int cqlPort, int storagePort) {
    return start(nodes, options, directory, false, cqlPort, storagePort);
  }

  private static CassandraRing start(
      int count,
      CassandraOptions options,
      Path directory,
      boolean temporary,
      int cqlPort,
      int storagePort) {
    var copy = WorkingCopy.find();
    var java = copy.java();
    var jars = copy.jars();
    var nodes =
        IntStream.range(0, count)
            .mapToObj(i -> {
              var files = new NodeFiles(directory.resolve("node-" + (i + 1)));
              var client = options.proxied() ? proxy(i) : address(i);
              var place = new NodePlace(address(i), client, cqlPort, storagePort, token(i, count));
              write(files, place, count, options);
              return new CassandraNode(
                  place, files, NodeLaunch.of(java, jars, files, options.heapMib()));
            })
            .toList();
    var ring = new CassandraRing(directory, temporary, nodes);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(ring::close));
    try {
      if (options.proxied()) {
        ring.startProxies();
      }
      ring.launch();
      return ring;
    } catch (RuntimeException e) {
      ring.close();
      throw e;
    }
  }

  private static void write(NodeFiles files, NodePlace place, int count, CassandraOptions options) {
    try {
      files.write(
          place, IntStream.range(0, count).mapToObj(CassandraRing::address).toList(), options);
    } catch (IOException e) {
      throw new CassandraNotStartedException("could not write " + files.directory(), e);
    }
  }

  private static String address(int node) {
    return "127.0.0." + (node + 1);
  }

  private static String proxy(int node) {
    return "127.0.1." + (node + 1);
  }

  private void startProxies() {
    for (var node : nodes) {
      try {
        proxies.add(ChaosProxy.start(node.clientsAt(), node.contactPoint()));
      } catch (IOException e) {
        throw new CassandraNotStartedException("no proxy at " + node.clientsAt(), e);
      }
    }
  }

  /** Tokens that give each node the same part of the ring. */
  private static long token(int node, int count) {
    return Long.MIN_VALUE + 1 + Long.divideUnsigned(-1, count) * node;
  }

  private void launch() {
    nodes.forEach(CassandraNode::launch);
    nodes.forEach(CassandraNode::awaitClients);
    for (var node : nodes) {
      for (var peer : nodes) {
        if (peer != node) {
          var up = peer.contactPoint().getAddress().getHostAddress();
          node.awaitLog(
              log -> log.lines().anyMatch(line -> line.contains(up) && line.contains("is now UP")),
              "see " + up);
        }
      }
    }
  }

  /** Kills all nodes, starts them again, and waits until they know each other. */
  public void restartAll() {
    nodes.forEach(CassandraNode::kill);
    launch();
  }

  /** In order of their addresses. */
  public List<CassandraNode> nodes() {
    return nodes;
  }

  /** A node by its number, from 0 on. */
  public CassandraNode node(int number) {
    return nodes.get(number);
  }

  /** Where clients find the nodes. */
  public List<InetSocketAddress> contactPoints() {
    return nodes.stream().map(CassandraNode::clientsAt).toList();
  }

  /** What the proxies in front of all nodes lose from now on. */
  public void lose(ChaosProxy.Loss loss) {
    if (proxies.isEmpty()) {
      throw new IllegalStateException("there are no proxies in front of the nodes");
    }
    proxies.forEach(proxy -> proxy.lose(loss));
  }

  /** How many statements the proxies have lost so far. */
  public long lost() {
    return proxies.stream().mapToLong(ChaosProxy::lost).sum();
  }

  /** Kills all nodes, and deletes their data if it was temporary. May be called again. */
  @Override
  public synchronized void close() {
    nodes.forEach(CassandraNode::kill);
    proxies.forEach(ChaosProxy::close);
    if (temporary) {
      NodeFiles.deleteAll(directory);
    }
  }

  /** A port that is free on the addresses of all nodes. */
  private static int freePort(int nodes) {
    for (var i = 0; i < PORT_TRIES; i++) {
      var port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
      if (IntStream.range(0, nodes).allMatch(node -> isFree(address(node), port))) {
        return port;
      }
    }
    throw new CassandraNotStartedException("no free port was found");
  }

  private static boolean isFree(String address, int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
      return socket.isBound();
    } catch (IOException _) {
      return false;
    }
  }
}
