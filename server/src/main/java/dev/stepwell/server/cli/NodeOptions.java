package dev.stepwell.server.cli;

import dev.stepwell.server.node.NodeBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a node listens and where it keeps its data. */
final class NodeOptions {

  @Mixin private ListenOptions listen = new ListenOptions();

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
    return listen.apply(node);
  }
}
