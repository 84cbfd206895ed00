package dev.stepwell.embedded;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Gives a database that has just been opened a log file that has been written before. To sync a
 * file that grows, the file system brings its new length to disk as well, in a second write and
 * together with what others have changed; to sync one that is written over, it does not. RocksDB
 * writes over its log files when it has some that it needs no more. It has none after a start: so
 * one is filled and let go.
 */
final class WrittenLog {

  private static final int PIECE_BYTES = 1 << 20;
  private static final byte[] KEY = {'o', 'p', 'e', 'n', 'e', 'd'};

  private WrittenLog() {}

  /**
   * Prepares a file of {@code bytes}.
   *
   * @param family any; gets a row that nobody reads
   */
  static void prepare(RocksDB rocks, ColumnFamilyHandle family, long bytes)
      throws RocksDBException {
    var piece = new byte[PIECE_BYTES];
    try (var options = new WriteOptions()) {
      for (var written = 0L; written < bytes; written += PIECE_BYTES) {
        try (var batch = new WriteBatch()) {
          // Goes to the log and nowhere else.
          batch.putLogData(piece);
          rocks.write(options, batch);
        }
      }
    }
    // The first flush lets the full file go, the second takes it up again.
    beginLog(rocks, family);
    beginLog(rocks, family);
  }

  private static void beginLog(RocksDB rocks, ColumnFamilyHandle family) throws RocksDBException {
    rocks.put(family, KEY, KEY);
    try (var options = new FlushOptions().setWaitForFlush(true)) {
      rocks.flush(options, family);
    }
  }
}
