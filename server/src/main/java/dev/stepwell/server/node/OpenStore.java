package dev.stepwell.server.node;

import dev.stepwell.embedded.DataDirectoryException;
import dev.stepwell.embedded.EmbeddedConfig;
import dev.stepwell.embedded.EmbeddedStore;
import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.Store;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The store of a node.
 *
 * @param directory where it is on disk; empty if it is nowhere
 */
record OpenStore(Store store, Optional<Path> directory) implements AutoCloseable {

  static OpenStore inMemory() {
    return new OpenStore(new MemoryStore(), Optional.empty());
  }

  /**
   * Opens the store in {@code directory}, making it if need be.
   *
   * @throws CannotStartException if it is in use, damaged, or not ours
   */
  static OpenStore in(Path directory) {
    var absolute = directory.toAbsolutePath().normalize();
    try {
      var store = EmbeddedStore.open(absolute, EmbeddedConfig.DEFAULT);
      return new OpenStore(store, Optional.of(absolute));
    } catch (DataDirectoryException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
