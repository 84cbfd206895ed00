package dev.stepwell.server.cli;

import dev.stepwell.server.node.NodeBuilder;
import java.lang.management.ManagementFactory;
import java.time.Instant;

/** What a node's command does once the node is described. */
final class Lives {

  private Lives() {}

  /**
   * Starts the node, and returns when it has been stopped.
   *
   * @throws CliFailedException if it can't go on
   */
  static int live(NodeBuilder described) {
    var begun = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    try (var up = described.since(begun).start()) {
      up.awaitStop();
    } catch (IllegalStateException e) {
      throw new CliFailedException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
    return ExitCode.DONE;
  }
}
