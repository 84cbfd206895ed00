package dev.stepwell.server.cli;

import dev.stepwell.server.node.NodeBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where a node listens and where it keeps its data. */
final class NodeOptions {

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

  @ArgGroup private Data data = new Data();

  /** One or the other. */
  static final class Data {

    @Option(
        names = "--data-dir",
        paramLabel = "DIR",
        defaultValue = "${env:STEPWELL_DATA_DIR}",
        description = "Where everything is kept. Or STEPWELL_DATA_DIR.")
    private @Nullable Path directory;

    @Option(
        names = "--in-memory",
        description = "Keep everything in memory; it is gone when the node stops.")
    private boolean inMemory;
  }

  /**
   * A node as these options describe it.
   *
   * @param usualDirectory where data is kept if no option says otherwise
   */
  NodeBuilder node(Path usualDirectory) {
    var node = new NodeBuilder().dataDir(data.directory == null ? usualDirectory : data.directory);
    if (data.inMemory) {
      node.inMemory();
    }
    if (host != null) {
      node.host(host);
    }
    if (port != null) {
      node.port(port);
    }
    return node;
  }
}
