package dev.stepwell.server.node;

import dev.stepwell.embedded.DataDirectoryException;
import dev.stepwell.embedded.EmbeddedConfig;
import dev.stepwell.embedded.EmbeddedStore;
import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.Store;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The store of a node.
 *
 * @param directory where it is on disk; empty if it is nowhere
 * @param failure why it takes no more writes, until the process has been started again
 */
record OpenStore(
    Store store, Optional<Path> directory, Supplier<Optional<? extends RuntimeException>> failure)
    implements AutoCloseable {

  static OpenStore inMemory() {
    return new OpenStore(new MemoryStore(), Optional.empty(), Optional::empty);
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
      return new OpenStore(store, Optional.of(absolute), store::failure);
    } catch (DataDirectoryException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
