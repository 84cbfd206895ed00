package dev.stepwell.embedded;

/**
 * What the store may use. Native memory is about {@code blockCacheBytes + memtableBytes} and a
 * fifth more; with the defaults less than 256 MiB.
 *
 * @param blockCacheBytes for what was read from disk, filters and indexes included
 * @param memtableBytes for what was written lately, before it is sorted into files
 * @param walBytes of write-ahead log before the oldest part of it is let go; what a start reads
 *     back
 * @param waitingBytes of changes that may wait for each index; beyond it, they are refused with
 *     {@link dev.stepwell.engine.port.StoreOverloadedException}. Facts and timers are never refused
 */
public record EmbeddedConfig(
    long blockCacheBytes, long memtableBytes, long walBytes, long waitingBytes) {

  private static final long MIB = 1 << 20;

  public static final EmbeddedConfig DEFAULT =
      new EmbeddedConfig(64 * MIB, 128 * MIB, 192 * MIB, 64 * MIB);

  public EmbeddedConfig {
    check("blockCacheBytes", blockCacheBytes);
    check("memtableBytes", memtableBytes);
    check("walBytes", walBytes);
    check("waitingBytes", waitingBytes);
  }

  private static void check(String name, long bytes) {
    if (bytes < MIB) {
      throw new IllegalArgumentException(name + " must be 1 MiB or more, was " + bytes);
    }
  }
}
