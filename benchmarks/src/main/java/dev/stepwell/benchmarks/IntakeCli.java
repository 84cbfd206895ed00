package dev.stepwell.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Events that nobody listens to. */
@Command(name = "intake", description = "Events alone, to nobody, in a closed loop: events/s.")
final class IntakeCli implements Callable<Integer> {

  private static final int OK = 200;
  private static final int DIGITS = 3;
  private static final long REFUSED_PAUSE_MILLIS = 20;
  private static final double NANOS_PER_MICRO = 1e3;

  @Option(names = "--events-per-request", defaultValue = "100")
  private int batch;

  @Option(names = "--connections", defaultValue = "4")
  private int connections;

  @Option(names = "--stores", split = ",", defaultValue = "MEMORY,EMBEDDED")
  private List<StoreKind> stores = List.of();

  @Option(names = "--warm-up", description = "Seconds before each measurement.", defaultValue = "5")
  private int warmUpSeconds;

  @Option(names = "--seconds", description = "Of each measurement.", defaultValue = "10")
  private int seconds;

  @Option(names = "--dir", defaultValue = "benchmarks/target/data")
  private Path directory = Path.of("");

  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Recorder latencies = new Recorder(DIGITS);
  private @Nullable Double inMemory;
  private volatile boolean stopping;

  @Override
  public Integer call() throws InterruptedException {
    for (var store : stores) {
      var data = StoreKind.fresh(directory);
      try (var node = store.node(data).start()) {
        measure(store, node.url().getPort());
      }
      StoreKind.delete(data);
    }
    return 0;
  }

  private void measure(StoreKind store, int port) throws InterruptedException {
    stopping = false;
    var clients = new ArrayList<Thread>();
    for (var i = 0; i < connections; i++) {
      clients.add(Thread.ofPlatform().name("client-" + i).start(() -> loop(port)));
    }
    TimeUnit.SECONDS.sleep(warmUpSeconds);
    var _ = latencies.getIntervalHistogram();
    var cpu = Cpu.now(clients);
    var before = accepted.sum();
    var begun = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    var took = System.nanoTime() - begun;
    var events = accepted.sum() - before;
    var used = Cpu.now(clients).since(cpu);
    var perSecond = events * 1e9 / took;
    if (store == StoreKind.MEMORY) {
      inMemory = perSecond;
    }
    new Figure("intake")
        .word("store", store.word())
        .count("connections", connections)
        .count("events_per_request", batch)
        .number("events_per_s", perSecond)
        .ratio("ratio_to_memory", perSecond, inMemory)
        .latencies(latencies.getIntervalHistogram())
        .number("cpu_us_per_event", used.process() / NANOS_PER_MICRO / Math.max(1, events))
        .number("client_cpu_us_per_event", used.clients() / NANOS_PER_MICRO / Math.max(1, events))
        .count("refused_requests", refused.sumThenReset())
        .print();
    stopping = true;
    for (var client : clients) {
      client.join();
    }
  }

  private void loop(int port) {
    var template = EventTemplate.of(Functions.ORDER, batch);
    try (var connection = new EventConnection(port)) {
      while (!stopping) {
        template.draw();
        var begun = System.nanoTime();
        if (connection.send(template.bytes()) == OK) {
          latencies.recordValue(System.nanoTime() - begun);
          accepted.add(batch);
        } else {
          refused.increment();
          TimeUnit.MILLISECONDS.sleep(REFUSED_PAUSE_MILLIS);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
