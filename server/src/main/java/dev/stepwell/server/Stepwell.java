package dev.stepwell.server;

import dev.stepwell.server.node.NodeBuilder;
import dev.stepwell.server.node.Version;

/**
 * Runs Stepwell inside a program of your own:
 *
 * <pre>{@code
 * void main() {
 *   try (var node = Stepwell.node().functions(new ProcessOrder()).start()) {
 *     node.awaitStop();
 *   }
 * }
 * }</pre>
 */
public final class Stepwell {

  private Stepwell() {}

  /** A node to be described and started. */
  public static NodeBuilder node() {
    return new NodeBuilder();
  }

  /** The version of this library; {@code development} when it does not run from its jar. */
  public static String version() {
    return Version.text();
  }
}
