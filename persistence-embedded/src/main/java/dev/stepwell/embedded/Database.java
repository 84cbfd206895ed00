package dev.stepwell.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * A data directory with its RocksDB open and found to be whole. Nothing here looks whether it is
 * still open: whoever calls makes sure of that, see {@link Gate}.
 */
final class Database implements AutoCloseable {

  static {
    RocksDB.loadLibrary();
  }

  /** Of the room for the log so much is prepared at the start: 8 MiB of the 192 MiB by default. */
  private static final int PREPARED_PART = 24;

  private final DataDirectory directory;
  private final HighWater highWater;
  private final Tuning tuning;
  private final RocksDB rocks;
  private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
  private final Map<Family, Integer> ids = new EnumMap<>(Family.class);
  private final ReadOptions point = new ReadOptions();
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final WriteOptions logged = new WriteOptions();

  private Database(DataDirectory directory, EmbeddedConfig config)
      throws IOException, RocksDBException {
    this.directory = directory;
    highWater = HighWater.open(directory.synced());
    tuning = new Tuning(config);
    var opened = new ArrayList<ColumnFamilyHandle>();
    try {
      rocks =
          RocksDB.open(
              tuning.database(config), directory.database().toString(), tuning.families(), opened);
    } catch (RocksDBException e) {
      tuning.close();
      highWater.close();
      throw e;
    }
    for (var family : Family.values()) {
      var handle = opened.removeFirst();
      handles.put(family, handle);
      ids.put(family, handle.getID());
    }
  }

  /**
   * Opens what is in {@code path}.
   *
   * @throws DataDirectoryException if it is in use, damaged, or written by a newer version
   */
  static Database open(Path path, EmbeddedConfig config) {
    var directory = DataDirectory.take(path);
    try {
      SavedLog.save(directory);
      return new Database(directory, config).ready(config);
    } catch (IOException | RocksDBException e) {
      directory.close();
      throw new DataDirectoryException(
          "the data directory " + path + " can't be opened: " + e.getMessage(), e);
    } catch (DataDirectoryException e) {
      directory.close();
      throw e;
    }
  }

  private Database ready(EmbeddedConfig config) throws IOException, RocksDBException {
    try {
      checkLog();
      SavedLog.discard(directory);
      WrittenLog.prepare(rocks, handle(Family.DEFAULT), config.walBytes() / PREPARED_PART);
      return this;
    } catch (IOException | RocksDBException | DataDirectoryException e) {
      close();
      throw e;
    }
  }

  private void checkLog() throws IOException {
    var missing = highWater.sequence() - sequence();
    if (missing > 0) {
      SavedLog.keep(directory);
      throw directory.damaged(missing + " changes that were acknowledged are missing");
    }
  }

  /** By which {@link Ops} know a family. */
  int id(Family family) {
    return Objects.requireNonNull(ids.get(family));
  }

  byte @Nullable [] get(Family family, byte[] key) throws RocksDBException {
    return rocks.get(handle(family), point, key);
  }

  boolean contains(Family family, byte[] key) {
    return rocks.keyExists(handle(family), point, key);
  }

  RocksIterator iterator(Family family, ReadOptions options) {
    return rocks.newIterator(handle(family), options);
  }

  /** Writes to the log and to memory, and with {@code sync} to disk. One thread at a time. */
  void write(Ops ops, boolean sync) throws RocksDBException {
    try (var batch = new WriteBatch(ops.toBatch())) {
      rocks.write(sync ? synced : logged, batch);
    }
    if (sync) {
      highWater.advance(sequence());
    }
  }

  /** Rewrites a family without what was deleted. Takes as long as copying it. */
  void compact(Family family) throws RocksDBException {
    rocks.compactRange(handle(family));
  }

  /** The number of the last change, counted since the database was made. */
  private long sequence() {
    return rocks.getLatestSequenceNumber();
  }

  private ColumnFamilyHandle handle(Family family) {
    return Objects.requireNonNull(handles.get(family));
  }

  @Override
  public void close() {
    handles.values().forEach(ColumnFamilyHandle::close);
    rocks.close();
    point.close();
    synced.close();
    logged.close();
    tuning.close();
    highWater.close();
    directory.close();
  }
}
