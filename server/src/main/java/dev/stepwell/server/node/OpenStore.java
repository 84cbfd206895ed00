package dev.stepwell.server.node;

import com.typesafe.config.Config;
import dev.stepwell.cassandra.CassandraConfig;
import dev.stepwell.cassandra.CassandraStartException;
import dev.stepwell.cassandra.CassandraStore;
import dev.stepwell.cassandra.owner.Clocks;
import dev.stepwell.embedded.DataDirectoryException;
import dev.stepwell.embedded.EmbeddedConfig;
import dev.stepwell.embedded.EmbeddedStore;
import dev.stepwell.engine.EngineSettings;
import dev.stepwell.engine.Placement;
import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.Store;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The store of a node.
 *
 * @param directory where it is on disk; empty if it is not in a directory of this machine
 * @param place where it is, for people: "in memory"
 */
record OpenStore(Store store, Optional<Path> directory, String place) implements AutoCloseable {

  static OpenStore inMemory() {
    return new OpenStore(new MemoryStore(), Optional.empty(), "in memory");
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
      return new OpenStore(store, Optional.of(absolute), "in " + absolute);
    } catch (DataDirectoryException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Waits for Cassandra and prepares the keyspace if need be.
   *
   * @throws CannotStartException if Cassandra does not answer in time, or the keyspace is not ours
   */
  static OpenStore onCassandra(Config config) {
    var placement = new Placement(EngineSettings.of(config).partitions());
    try {
      var store = CassandraStore.open(config, placement, Clocks.system());
      var place = "in Cassandra's keyspace " + CassandraConfig.of(config).keyspace();
      return new OpenStore(store, Optional.empty(), place);
    } catch (CassandraStartException e) {
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
