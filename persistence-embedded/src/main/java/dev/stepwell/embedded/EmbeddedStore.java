package dev.stepwell.embedded;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is durable, in one directory of one process. What is acknowledged has been synced to
 * disk; after a write that failed, nothing is acknowledged any more, see {@link #failure}.
 */
public final class EmbeddedStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);

  private final Database database;
  private final Overload overload = new Overload(LOG::warn, System::nanoTime);
  private final Reads reads = new Reads(overload);
  private final GroupWriter writer;
  private final EmbeddedJournal journal;
  private final EmbeddedTimers timers;
  private final EmbeddedRuns runs;
  private final EmbeddedEvents events;
  private boolean closed;

  private EmbeddedStore(Database database, EventRows eventRows, EmbeddedConfig config) {
    this.database = database;
    writer = new GroupWriter(database::write);
    journal = new EmbeddedJournal(database, reads, writer);
    timers = new EmbeddedTimers(database, reads, writer);
    runs = new EmbeddedRuns(database, reads, writer, budget(config));
    events = new EmbeddedEvents(eventRows, reads, writer, budget(config));
  }

  private Budget budget(EmbeddedConfig config) {
    return new Budget(config.waitingBytes(), overload);
  }

  /**
   * Opens the store in {@code directory}, making it if need be. What an earlier process wrote is
   * read back first, at some 100 MB a second.
   *
   * @throws DataDirectoryException if it is in use, damaged, or written by a newer version
   */
  public static EmbeddedStore open(Path directory, EmbeddedConfig config) {
    var database = Database.open(directory, config);
    try {
      return new EmbeddedStore(database, new EventRows(database), config);
    } catch (RocksDBException e) {
      database.close();
      throw new DataDirectoryException(
          "the data directory " + directory + " can't be read: " + e.getMessage(), e);
    }
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public TimerStore timers() {
    return timers;
  }

  @Override
  public RunIndex runs() {
    return runs;
  }

  @Override
  public EventIndex events() {
    return events;
  }

  @Override
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(writer.failure());
  }

  public Figures figures() {
    return writer.figures();
  }

  /**
   * Gives the room of everything deleted back to the disk. It comes back by itself, but late; this
   * rewrites what is not deleted, which takes a while and competes with other work for the disk.
   */
  public CompletionStage<Void> reclaim() {
    return reads
        .soon(() -> {
          for (var family : Family.values()) {
            database.compact(family);
          }
          return true;
        })
        .thenAccept(_ -> {});
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    runs.close();
    events.close();
    writer.close();
    reads.close();
    database.close();
  }
}
