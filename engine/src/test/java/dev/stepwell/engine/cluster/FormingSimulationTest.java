package dev.stepwell.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.cluster.FormingRules.Decision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes that start at any time, come and go before they have joined, and look at any instant. */
class FormingSimulationTest {

  private static final int STEP_MILLIS = 50;
  private static final int LOOK_EVERY_MILLIS = 1_000;

  /** From the decision to begin until others can join. */
  private static final int BEGINNING_TAKES_MILLIS = 1_000;

  static IntStream seeds() {
    return IntStream.range(0, 500);
  }

  private static final class Node {
    final HostPort self;
    final long startsAt;
    final long looksAt;
    FormingState state = FormingState.NOTHING;
    long beginsAt = Long.MAX_VALUE;
    String cluster = "";

    Node(HostPort self, long startsAt, long looksAt) {
      this.self = self;
      this.startsAt = startsAt;
      this.looksAt = looksAt;
    }

    boolean isUp(long now) {
      return now >= startsAt;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void howeverNodesStartTheyFormOneCluster(int seed) {
    var random = new Random(seed);
    var nodes = nodes(random);
    var points = nodes.stream().map(node -> node.self).collect(Collectors.toSet());
    for (var now = 0L; now < 120_000; now += STEP_MILLIS) {
      for (var node : nodes) {
        if (node.isUp(now) && node.cluster.isEmpty()) {
          live(node, nodes, points, now);
        }
      }
    }
    var clusters = nodes.stream().map(node -> node.cluster).collect(Collectors.toSet());
    assertThat(clusters).as("seed %d", seed).hasSize(1).doesNotContain("");
  }

  private static List<Node> nodes(Random random) {
    var size = 1 + random.nextInt(5);
    var spread = List.of(1, 2_000, 25_000, 60_000).get(random.nextInt(4));
    var nodes = new ArrayList<Node>();
    for (var i = 0; i < size; i++) {
      nodes.add(
          new Node(
              new HostPort("node" + i, 1),
              random.nextInt(spread),
              (long) random.nextInt(LOOK_EVERY_MILLIS / STEP_MILLIS) * STEP_MILLIS));
    }
    return nodes;
  }

  private static void live(Node node, List<Node> nodes, Set<HostPort> points, long now) {
    if (now >= node.beginsAt) {
      node.cluster = node.self.toString();
      return;
    }
    if (now % LOOK_EVERY_MILLIS != node.looksAt) {
      return;
    }
    var answering = new HashSet<HostPort>();
    nodes.stream()
        .filter(other -> other != node && other.isUp(now))
        .forEach(other -> answering.add(other.self));
    node.state = node.state.seen(points, answering, now);
    switch (FormingRules.decide(node.state, node.self, 0, now)) {
      case Decision.Wait _ -> node.beginsAt = Long.MAX_VALUE;
      case Decision.Join(var others) -> {
        node.beginsAt = Long.MAX_VALUE;
        join(node, nodes, others);
      }
      case Decision.Begin(var others) -> {
        join(node, nodes, others);
        if (node.beginsAt == Long.MAX_VALUE) {
          node.beginsAt = now + BEGINNING_TAKES_MILLIS;
        }
      }
    }
  }

  private static void join(Node node, List<Node> nodes, List<HostPort> others) {
    nodes.stream()
        .filter(other -> others.contains(other.self) && !other.cluster.isEmpty())
        .findFirst()
        .ifPresent(other -> node.cluster = other.cluster);
  }
}
