package dev.stepwell.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the figures were taken on. */
@Command(name = "machine", description = "The date, the machine, its disk, and how busy it is.")
final class MachineCli implements Callable<Integer> {

  private static final long MIB = 1 << 20;
  private static final int SYNCS = 500;
  private static final int SYNC_BYTES = 512;

  @Option(names = "--dir", defaultValue = "benchmarks/target/data")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws IOException {
    var runtime = Runtime.getRuntime();
    new Figure("machine")
        .word("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
        .word("java", System.getProperty("java.runtime.version", "unknown"))
        .word("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .count("cores", runtime.availableProcessors())
        .count("heap_max_mib", runtime.maxMemory() / MIB)
        .number("load_before", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
        .millis("sync_p50_ms", medianSync())
        .print();
    return 0;
  }

  /**
   * What one small write costs that is synced as the store's are: into a file that is long enough.
   */
  private long medianSync() throws IOException {
    var data = StoreKind.fresh(directory);
    try (var file =
        FileChannel.open(
            data.resolve("syncs"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.allocateDirect(SYNC_BYTES);
      for (var i = 0; i < SYNCS; i++) {
        file.write(bytes.clear());
      }
      file.force(true);
      var nanos = new long[SYNCS];
      for (var i = 0; i < SYNCS; i++) {
        file.write(bytes.clear(), (long) i * SYNC_BYTES);
        var begun = System.nanoTime();
        file.force(false);
        nanos[i] = System.nanoTime() - begun;
      }
      Arrays.sort(nanos);
      return nanos[SYNCS / 2];
    } finally {
      StoreKind.delete(data);
    }
  }
}
