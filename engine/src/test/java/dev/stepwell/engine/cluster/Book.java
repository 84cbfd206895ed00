package dev.stepwell.engine.cluster;

import dev.stepwell.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the code of steps has done, on whichever node. */
final class Book {

  private final Map<String, List<String>> steps = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> atOnce = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> atOnceMax = new ConcurrentHashMap<>();

  /** A step's code begins. */
  void write(Steps step, String name) {
    var lines = steps.computeIfAbsent(step.info().runId(), _ -> new ArrayList<>());
    synchronized (lines) {
      lines.add(name);
    }
  }

  /** The steps whose code has begun in a run, in order; one more than once if it began again. */
  List<String> steps(String runId) {
    var lines = steps.getOrDefault(runId, List.of());
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Does {@code work} and counts how many do at once. */
  void counted(String what, Runnable work) {
    var now = atOnce.computeIfAbsent(what, _ -> new AtomicInteger());
    atOnceMax
        .computeIfAbsent(what, _ -> new AtomicInteger())
        .accumulateAndGet(now.incrementAndGet(), Math::max);
    try {
      work.run();
    } finally {
      now.decrementAndGet();
    }
  }

  int atOnceMax(String what) {
    return atOnceMax.getOrDefault(what, new AtomicInteger()).get();
  }
}
