package dev.stepwell.benchmarks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** From an event's request to the stored end of its run. */
@Command(name = "p1", description = "Runs of three steps, in a closed loop: runs/s and latency.")
final class P1Cli implements Callable<Integer> {

  private static final int EVENTS_OF_A_REQUEST = 10;

  /** For each node. */
  private static final int CLIENTS = 4;

  private static final double NANOS_PER_MICRO = 1e3;
  private static final long DRAIN_SECONDS = 60;

  @Option(names = "--in-flight", split = ",", defaultValue = "1,64,256")
  private List<Integer> levels = List.of();

  @Option(names = "--stores", split = ",", defaultValue = "MEMORY,EMBEDDED")
  private List<StoreKind> stores = List.of();

  @Option(
      names = "--nodes",
      split = ",",
      description = "How many nodes; several only on Cassandra. All are in this process.",
      defaultValue = "1")
  private List<Integer> sizes = List.of();

  @Option(names = "--warm-up", description = "Seconds before each measurement.", defaultValue = "5")
  private int warmUpSeconds;

  @Option(names = "--seconds", description = "Of each measurement.", defaultValue = "10")
  private int seconds;

  @Option(names = "--dir", defaultValue = "benchmarks/target/data")
  private Path directory = Path.of("");

  private final Map<Integer, Double> inMemory = new HashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    for (var store : stores) {
      for (var size : sizes) {
        var data = StoreKind.fresh(directory);
        var inFlight = new InFlight(InFlight.Goal.ENDED);
        try (var nodes =
            Nodes.start(
                store.nodes(data, size).stream()
                    .map(node -> node.functions(new Functions.ThreeSteps()).listener(inFlight))
                    .toList())) {
          for (var level : levelsOn(store)) {
            measure(store, level, nodes, inFlight);
          }
        }
        StoreKind.delete(data);
      }
    }
    return 0;
  }

  /** In memory each only once: all runs stay there, and millions of them fill it. */
  private List<Integer> levelsOn(StoreKind store) {
    return store == StoreKind.MEMORY ? levels.stream().distinct().toList() : levels;
  }

  private void measure(StoreKind store, int level, Nodes nodes, InFlight inFlight)
      throws InterruptedException {
    var batch = Math.min(EVENTS_OF_A_REQUEST, level);
    var threads = Math.min(CLIENTS * nodes.ports().size(), Math.max(1, level / batch));
    var load =
        ClosedLoop.Load.endless(
            EventTemplate.of(Functions.ORDER, batch), Functions.ThreeSteps.NAME);
    try (var loop = new ClosedLoop(nodes.ports(), load, inFlight, level, threads)) {
      TimeUnit.SECONDS.sleep(warmUpSeconds);
      var _ = inFlight.latencies();
      var cpu = Cpu.now(loop.clients());
      var done = inFlight.done();
      var statements = nodes.counter("statements");
      var storeCpu = store.cpu();
      var begun = System.nanoTime();
      TimeUnit.SECONDS.sleep(seconds);
      var took = System.nanoTime() - begun;
      var runs = inFlight.done() - done;
      var sent = nodes.counter("statements") - statements;
      var storeUsed = store.cpu().minus(storeCpu);
      var used = Cpu.now(loop.clients()).since(cpu);
      var perSecond = runs * 1e9 / took;
      if (store == StoreKind.MEMORY) {
        inMemory.put(level, perSecond);
      }
      new Figure("p1")
          .word("store", store.word())
          .count("nodes", nodes.ports().size())
          .count("in_flight", level)
          .count("events_per_request", batch)
          .number("runs_per_s", perSecond)
          .ratio("ratio_to_memory", perSecond, inMemory.get(level))
          .latencies(inFlight.latencies())
          .number("cpu_us_per_run", used.process() / NANOS_PER_MICRO / Math.max(1, runs))
          .number("client_cpu_us_per_run", used.clients() / NANOS_PER_MICRO / Math.max(1, runs))
          .number("store_cpu_us_per_run", storeUsed.toNanos() / NANOS_PER_MICRO / Math.max(1, runs))
          .ratio("statements_per_run", (double) sent, sent == 0 ? null : (double) Math.max(1, runs))
          .count("refused_requests", loop.refused())
          .count("failed_runs", inFlight.failed())
          .print();
    }
    inFlight.drain(DRAIN_SECONDS);
  }
}
