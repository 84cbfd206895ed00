package dev.stepwell.embedded;

import org.rocksdb.RocksDBException;

/**
 * The disk, or what is on it, failed. After a write that failed the store takes no more writes
 * until the process has been started again: what it would acknowledge could be built on a write
 * that is not there.
 */
public final class StoreFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  static StoreFailedException ofWrite(Throwable why) {
    return new StoreFailedException(
        "the store takes no more writes until Stepwell is started again: a write failed: "
            + (why instanceof RocksDBException ? why.getMessage() : why),
        why);
  }
}
