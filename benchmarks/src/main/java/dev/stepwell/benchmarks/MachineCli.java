package dev.stepwell.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;

/** What the figures were taken on. */
@Command(name = "machine", description = "The date, the machine, and how busy it is.")
final class MachineCli implements Runnable {

  private static final long MIB = 1 << 20;

  @Override
  public void run() {
    var runtime = Runtime.getRuntime();
    new Figure("machine")
        .word("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
        .word("java", System.getProperty("java.runtime.version", "unknown"))
        .word("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .count("cores", runtime.availableProcessors())
        .count("heap_max_mib", runtime.maxMemory() / MIB)
        .number("load_before", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
        .print();
  }
}
