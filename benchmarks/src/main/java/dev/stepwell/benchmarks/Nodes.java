package dev.stepwell.benchmarks;

import dev.stepwell.server.node.Node;
import dev.stepwell.server.node.NodeBuilder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Nodes in this process that are one engine. */
final class Nodes implements AutoCloseable {

  private final List<Node> nodes;

  private Nodes(List<Node> nodes) {
    this.nodes = nodes;
  }

  /** Starts all at once: the first waits for others before it takes events. */
  static Nodes start(List<NodeBuilder> described) {
    try (var starters = Executors.newVirtualThreadPerTaskExecutor()) {
      var starting =
          described.stream()
              .map(node -> CompletableFuture.supplyAsync(node::start, starters))
              .toList();
      return new Nodes(starting.stream().map(CompletableFuture::join).toList());
    }
  }

  List<Integer> ports() {
    return nodes.stream().map(node -> node.url().getPort()).toList();
  }

  /** What their stores have counted under a name, together. */
  long counter(String name) {
    return nodes.stream().mapToLong(node -> node.storeCounters().getOrDefault(name, 0L)).sum();
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
  }
}
