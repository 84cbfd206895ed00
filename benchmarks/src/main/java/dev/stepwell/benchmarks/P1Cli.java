package dev.stepwell.benchmarks;

import dev.stepwell.server.node.Node;
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
  private static final int CLIENTS = 4;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final long DRAIN_SECONDS = 60;

  @Option(names = "--in-flight", split = ",", defaultValue = "1,64,256")
  private List<Integer> levels = List.of();

  @Option(names = "--stores", split = ",", defaultValue = "MEMORY,EMBEDDED")
  private List<StoreKind> stores = List.of();

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
      var data = StoreKind.fresh(directory);
      var inFlight = new InFlight(InFlight.Goal.ENDED);
      try (var node =
          store.node(data).functions(new Functions.ThreeSteps()).listener(inFlight).start()) {
        for (var level : levels) {
          measure(store, level, node, inFlight);
        }
      }
      StoreKind.delete(data);
    }
    return 0;
  }

  private void measure(StoreKind store, int level, Node node, InFlight inFlight)
      throws InterruptedException {
    var batch = Math.min(EVENTS_OF_A_REQUEST, level);
    var threads = Math.min(CLIENTS, Math.max(1, level / batch));
    var load =
        ClosedLoop.Load.endless(
            EventTemplate.of(Functions.ORDER, batch), Functions.ThreeSteps.NAME);
    try (var loop = new ClosedLoop(node.url().getPort(), load, inFlight, level, threads)) {
      TimeUnit.SECONDS.sleep(warmUpSeconds);
      var _ = inFlight.latencies();
      var cpu = Cpu.now(loop.clients());
      var done = inFlight.done();
      var begun = System.nanoTime();
      TimeUnit.SECONDS.sleep(seconds);
      var took = System.nanoTime() - begun;
      var runs = inFlight.done() - done;
      var used = Cpu.now(loop.clients()).since(cpu);
      var perSecond = runs * 1e9 / took;
      if (store == StoreKind.MEMORY) {
        inMemory.put(level, perSecond);
      }
      new Figure("p1")
          .word("store", store.word())
          .count("in_flight", level)
          .count("events_per_request", batch)
          .number("runs_per_s", perSecond)
          .ratio("ratio_to_memory", perSecond, inMemory.get(level))
          .latencies(inFlight.latencies())
          .number("cpu_us_per_run", used.process() / NANOS_PER_MICRO / Math.max(1, runs))
          .number("client_cpu_us_per_run", used.clients() / NANOS_PER_MICRO / Math.max(1, runs))
          .count("refused_requests", loop.refused())
          .count("failed_runs", inFlight.failed())
          .print();
    }
    inFlight.drain(DRAIN_SECONDS);
  }
}
