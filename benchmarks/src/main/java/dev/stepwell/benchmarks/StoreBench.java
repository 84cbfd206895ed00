package dev.stepwell.benchmarks;

import dev.stepwell.embedded.EmbeddedConfig;
import dev.stepwell.embedded.EmbeddedStore;
import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.wire.Ulid;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * How many facts the journal of the embedded store takes, and at what cost, beside the journal in
 * memory under the same load in the same process. Prints one JSON object a line.
 *
 * <p>A writer is to the journal what a run is: it appends a fact of 250 bytes, learns of it on one
 * of two threads, appends the next one, and begins a new id after four. Arguments: a directory to
 * write in, and how many appends to measure with many writers.
 */
public final class StoreBench {

  private static final int FACT_BYTES = 250;
  private static final int FACTS_A_RUN = 4;
  private static final int[] WRITERS = {1, 16, 64, 256, 512};

  private final Journal journal;
  private final LongSupplier syncs;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  private StoreBench(Journal journal, LongSupplier syncs) {
    this.journal = journal;
    this.syncs = syncs;
  }

  /** What one load came to. */
  private record Result(
      double appendsPerSecond,
      double p50Micros,
      double p99Micros,
      double cpuMicrosPerAppend,
      double syncsPerSecond) {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var parent = arguments.length > 0 ? Path.of(arguments[0]) : Path.of("target");
    var appends = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 400_000;
    for (var writers : WRITERS) {
      var count = writers == 1 ? appends / 20 : appends;
      var memory = inMemory(writers, count);
      var embedded = embedded(parent, writers, count);
      print("memory", writers, memory, 1);
      print("embedded", writers, embedded, embedded.appendsPerSecond / memory.appendsPerSecond);
    }
  }

  private static Result inMemory(int writers, int appends) throws InterruptedException {
    try (var store = new MemoryStore()) {
      return new StoreBench(store.journal(), () -> 0).measure(writers, appends);
    }
  }

  private static Result embedded(Path parent, int writers, int appends)
      throws IOException, InterruptedException {
    Files.createDirectories(parent);
    var directory = Files.createTempDirectory(parent, "store-bench-");
    try (var store = EmbeddedStore.open(directory, EmbeddedConfig.DEFAULT)) {
      return new StoreBench(store.journal(), () -> store.figures().syncs())
          .measure(writers, appends);
    } finally {
      delete(directory);
    }
  }

  private Result measure(int writers, int appends) throws InterruptedException {
    try {
      // Once to warm up.
      load(writers, appends / 2);
      return load(writers, appends);
    } finally {
      threads.shutdown();
    }
  }

  private Result load(int writers, int appends) throws InterruptedException {
    var latencies = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
    var remaining = new AtomicInteger(appends);
    var ended = new CountDownLatch(writers);
    var syncsBefore = syncs.getAsLong();
    var cpuBefore = cpuNanos();
    var from = System.nanoTime();
    for (var i = 0; i < writers; i++) {
      threads.execute(new Writer(latencies, remaining, ended));
    }
    ended.await();
    var nanos = System.nanoTime() - from;
    return new Result(
        appends * 1e9 / nanos,
        latencies.getValueAtPercentile(50) / 1e3,
        latencies.getValueAtPercentile(99) / 1e3,
        (cpuNanos() - cpuBefore) / 1e3 / appends,
        (syncs.getAsLong() - syncsBefore) * 1e9 / nanos);
  }

  /** One run after the other, each with four facts. */
  private final class Writer implements Runnable {
    private final ConcurrentHistogram latencies;
    private final AtomicInteger remaining;
    private final CountDownLatch ended;
    private final byte[] fact = new byte[FACT_BYTES];
    private String id = "";
    private int facts;

    Writer(ConcurrentHistogram latencies, AtomicInteger remaining, CountDownLatch ended) {
      this.latencies = latencies;
      this.remaining = remaining;
      this.ended = ended;
    }

    @Override
    public void run() {
      if (remaining.getAndDecrement() <= 0) {
        ended.countDown();
        return;
      }
      if (facts % FACTS_A_RUN == 0) {
        var random = ThreadLocalRandom.current();
        id = "run|" + Ulid.of(System.currentTimeMillis(), random.nextLong(), random.nextLong());
        random.nextBytes(fact);
        facts = 0;
      }
      facts++;
      var from = System.nanoTime();
      journal
          .append(id, facts, List.of(fact))
          .whenComplete((_, e) -> {
            if (e != null) {
              throw new IllegalStateException("an append failed", e);
            }
            latencies.recordValue(System.nanoTime() - from);
            threads.execute(this);
          });
    }
  }

  private static void print(String store, int writers, Result result, double ratio) {
    System.out.printf(
        Locale.ROOT,
        "{\"bench\":\"store-append\",\"store\":\"%s\",\"writers\":%d,\"appendsPerSecond\":%.0f,"
            + "\"p50Micros\":%.1f,\"p99Micros\":%.1f,\"cpuMicrosPerAppend\":%.2f,"
            + "\"syncsPerSecond\":%.0f,\"ratioToMemory\":%.4f}%n",
        store,
        writers,
        result.appendsPerSecond,
        result.p50Micros,
        result.p99Micros,
        result.cpuMicrosPerAppend,
        result.syncsPerSecond,
        ratio);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
