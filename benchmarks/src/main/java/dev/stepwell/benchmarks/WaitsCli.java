package dev.stepwell.benchmarks;

import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.server.node.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many waits for one name of events, and then the one event for each. */
@Command(
    name = "waits",
    description = "Runs that wait for an event each, and the events: matches/s.")
final class WaitsCli implements Callable<Integer> {

  private static final int EVENTS_OF_A_REQUEST = 10;
  private static final int CLIENTS = 4;
  private static final long DRAIN_SECONDS = 300;

  @Option(names = "--count", defaultValue = "100000")
  private long count;

  @Option(names = "--in-flight", defaultValue = "256")
  private int level;

  @Option(names = "--stores", split = ",", defaultValue = "MEMORY,EMBEDDED")
  private List<StoreKind> stores = List.of();

  @Option(
      names = "--warm-up",
      description = "Waits before them, not measured.",
      defaultValue = "20000")
  private long warmUp;

  @Option(names = "--dir", defaultValue = "benchmarks/target/data")
  private Path directory = Path.of("");

  private @Nullable Double registeredInMemory;
  private @Nullable Double matchedInMemory;

  @Override
  public Integer call() throws InterruptedException {
    for (var store : stores) {
      var data = StoreKind.fresh(directory);
      var inFlight = new InFlight(InFlight.Goal.RESTING);
      try (var node =
          store.node(data).functions(new Functions.Asker()).listener(inFlight).start()) {
        var runs = new Ulid[Math.toIntExact(warmUp + count)];
        register(node, inFlight, runs, 0, warmUp);
        inFlight.aim(InFlight.Goal.ENDED);
        answer(node, inFlight, runs, 0, warmUp);
        var _ = inFlight.latencies();
        inFlight.aim(InFlight.Goal.RESTING);
        var registered = register(node, inFlight, runs, warmUp, count);
        print("waits-register", store, inFlight, registered, registeredInMemory);
        inFlight.aim(InFlight.Goal.ENDED);
        var matched = answer(node, inFlight, runs, warmUp, count);
        print("waits-match", store, inFlight, matched, matchedInMemory);
        if (store == StoreKind.MEMORY) {
          registeredInMemory = registered;
          matchedInMemory = matched;
        }
      }
      StoreKind.delete(data);
    }
    return 0;
  }

  private double register(Node node, InFlight inFlight, Ulid[] runs, long from, long waits)
      throws InterruptedException {
    ClosedLoop.RunOf run =
        (template, event, n) -> {
          var begun = template.run(event, Functions.Asker.NAME);
          runs[Math.toIntExact(from + n)] = begun;
          return begun;
        };
    return all(node, inFlight, Functions.QUESTION, run, from, waits);
  }

  private double answer(Node node, InFlight inFlight, Ulid[] runs, long from, long waits)
      throws InterruptedException {
    ClosedLoop.RunOf run = (_, _, n) -> runs[Math.toIntExact(from + n)];
    return all(node, inFlight, Functions.ANSWER, run, from, waits);
  }

  /** Sends {@code events} events, and says how many runs got to their goal in a second. */
  private double all(
      Node node, InFlight inFlight, String event, ClosedLoop.RunOf run, long from, long events)
      throws InterruptedException {
    var load =
        new ClosedLoop.Load(
            EventTemplate.of(event, EVENTS_OF_A_REQUEST), run, n -> from + n, events);
    var begun = System.nanoTime();
    try (var loop = new ClosedLoop(List.of(node.url().getPort()), load, inFlight, level, CLIENTS)) {
      loop.awaitSent();
      inFlight.drain(DRAIN_SECONDS);
    }
    return events * 1e9 / (System.nanoTime() - begun);
  }

  private void print(
      String name, StoreKind store, InFlight inFlight, double perSecond, @Nullable Double base) {
    new Figure(name)
        .word("store", store.word())
        .count("waits", count)
        .count("in_flight", level)
        .number("per_s", perSecond)
        .ratio("ratio_to_memory", perSecond, base)
        .latencies(inFlight.latencies())
        .count("failed_runs", inFlight.failed())
        .print();
  }
}
