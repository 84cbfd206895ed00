package dev.stepwell.embedded;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/** After months of use a store holds what has happened in one, and what is alive. */
final class MonthsTest {

  private static final int MIB = 1 << 20;
  private static final EmbeddedConfig LITTLE_MEMORY =
      new EmbeddedConfig(4 * MIB, 8 * MIB, 8 * MIB, 16 * MIB);

  @TempDir Path directory;
  long t = System.nanoTime();
  long cpu() { return ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1000000; }

  void print(String at, EmbeddedStore store) throws Exception {
    store.reclaim().toCompletableFuture().join();
    System.out.println(at + " after " + (System.nanoTime() - t) / 1_000_000 + " ms, cpu " + cpu() + " files " + OnDisk.bytesOfFiles(directory));
    OnDisk.rows(directory).forEach((family, rows) -> {
      var ids = new TreeMap<String, Integer>();
      if (family.contains("facts") || family.equals("snapshots")) rows.forEach(r -> ids.merge(r.persistenceId(), 1, Integer::sum));
      System.out.printf("  %-12s rows %6d bytes %8d ids %5d %s%n", family, rows.size(), rows.stream().mapToLong(OnDisk.Row::bytes).sum(), ids.size(), ids.size() < 50 ? ids : "");
    });
    try (var files = java.nio.file.Files.walk(directory)) { System.out.println("  total " + files.filter(java.nio.file.Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum()); }
  }

  @Test
  void whatIsOverGoesAndWhatLivesStays() throws Exception {
    try (var store = EmbeddedStore.open(directory, LITTLE_MEMORY);
        var days = new ShopDays(store)) {
      for (var i = 0; i < 10; i++) { days.send(new Shop.LeaveTaken("leaver " + i)); days.send(new Shop.NoticeGiven("noticer " + i)); }
      for (var d : new int[] {1, 5, 10, 20, 31, 35, 40, 60, 90}) {
        if (d > Integer.getInteger("days", 1000)) break;
        days.passUntil(d); print("day " + d, store);
        System.out.println(days.engine().runs("leave").stream().map(TestRun::status).toList() + " " +days.engine().runs("notice").stream().map(TestRun::status).toList());
        var kinds = new TreeMap<String, Integer>();
        for (var r : days.engine().runs()) { kinds.merge(r.function() + " " + r.status(), 1, Integer::sum); }
        System.out.println(kinds);
      }
      days.close(Duration.ofDays(40)); print("end", store);
    }
  }
}
