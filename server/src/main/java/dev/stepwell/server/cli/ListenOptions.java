package dev.stepwell.server.cli;

import dev.stepwell.server.node.NodeBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a node takes requests. */
final class ListenOptions {

  @Option(
      names = "--host",
      defaultValue = "${env:STEPWELL_HOST}",
      description =
          "The address to listen at (default: 127.0.0.1); 0.0.0.0 for whoever can reach this"
              + " machine. Or STEPWELL_HOST.")
  private @Nullable String host;

  @Option(
      names = "--port",
      defaultValue = "${env:STEPWELL_PORT}",
      description =
          "The port to listen at (default: 8288); 0 lets the system choose. Or STEPWELL_PORT.")
  private @Nullable Integer port;

  NodeBuilder apply(NodeBuilder node) {
    if (host != null) {
      node.host(host);
    }
    if (port != null) {
      node.port(port);
    }
    return node;
  }
}
