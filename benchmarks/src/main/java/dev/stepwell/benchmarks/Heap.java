package dev.stepwell.benchmarks;

import java.lang.management.ManagementFactory;

/** What is alive on the heap. */
final class Heap {
  private Heap() {}

  private static final int TIMES = 3;

  /** Bytes in use after everything dead has been collected. */
  static long usedBytes() {
    for (var i = 0; i < TIMES; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
