package dev.stepwell.benchmarks;

import dev.stepwell.server.node.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.ConcurrentHistogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One life of the node that {@link SleepersCli} measures; prints one figure. */
@Command(name = "sleepers-node", hidden = true)
final class SleepersNode implements Callable<Integer> {

  /** What this life is for. */
  enum Phase {
    /** Nothing has ever happened. */
    IDLE,
    /** Runs begin and fall asleep; the last of them for a short time only. */
    FILL,
    /** All of them sleep at first, and some wake. */
    WAKE
  }

  private static final int DIGITS = 3;
  private static final int EVENTS_OF_A_REQUEST = 10;
  private static final int IN_FLIGHT = 1_000;
  private static final int CLIENTS = 4;
  private static final long SETTLE_SECONDS = 5;
  private static final long DRAIN_SECONDS = 300;
  private static final long POLL_MILLIS = 100;
  private static final long LATEST_MILLIS = 60_000;
  private static final double MIB = 1 << 20;

  @Option(names = "--phase", required = true)
  private Phase phase = Phase.IDLE;

  @Option(names = "--dir", required = true)
  private Path directory = Path.of("");

  @Option(names = "--count", required = true)
  private long count;

  @Option(names = "--slice", required = true)
  private long slice;

  @Option(names = "--wake-from", description = "Seconds after the last run began.")
  private long wakeFromSeconds;

  @Option(names = "--wake-within", description = "Seconds; the slice wakes evenly over them.")
  private long wakeWithinSeconds;

  private final ConcurrentHistogram lateMillis = new ConcurrentHistogram(DIGITS);
  private final AtomicLong earliest = new AtomicLong(Long.MAX_VALUE);

  @Override
  public Integer call() throws InterruptedException {
    var inFlight = new InFlight(InFlight.Goal.RESTING);
    var begun = System.nanoTime();
    try (var node =
        StoreKind.EMBEDDED
            .node(directory)
            .functions(new Functions.Sleeper(this::woke))
            .listener(inFlight)
            .start()) {
      var figure = new Figure("sleepers-" + phase.name().toLowerCase(Locale.ROOT));
      figure.millis("start_ms", System.nanoTime() - begun);
      if (phase == Phase.FILL) {
        fill(node, inFlight, figure);
      }
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      figure.number("heap_mib", Heap.usedBytes() / MIB);
      if (phase == Phase.WAKE) {
        wake(figure);
      }
      figure.print();
    }
    return 0;
  }

  private void woke(long late) {
    earliest.accumulateAndGet(late, Math::min);
    lateMillis.recordValue(Math.max(0, late));
  }

  private void fill(Node node, InFlight inFlight, Figure figure) throws InterruptedException {
    var begun = System.nanoTime();
    send(node, inFlight, count - slice, n -> System.currentTimeMillis() + monthMillis());
    inFlight.drain(DRAIN_SECONDS);
    var perSecond = (count - slice) * 1e9 / (System.nanoTime() - begun);
    var wakeFrom = System.currentTimeMillis() + wakeFromSeconds * 1_000;
    send(node, inFlight, slice, n -> wakeFrom + n * wakeWithinSeconds * 1_000 / slice);
    inFlight.drain(DRAIN_SECONDS);
    figure
        .count("runs", count)
        .number("runs_asleep_per_s", perSecond)
        .latencies(inFlight.latencies())
        .count("failed_runs", inFlight.failed());
  }

  private static long monthMillis() {
    return Duration.ofDays(30).toMillis();
  }

  private static void send(Node node, InFlight inFlight, long events, LongUnaryOperator until)
      throws InterruptedException {
    var load =
        new ClosedLoop.Load(
            EventTemplate.of(Functions.NAP, EVENTS_OF_A_REQUEST),
            (template, event, _) -> template.run(event, Functions.Sleeper.NAME),
            until,
            events);
    try (var loop =
        new ClosedLoop(List.of(node.url().getPort()), load, inFlight, IN_FLIGHT, CLIENTS)) {
      loop.awaitSent();
    }
  }

  private void wake(Figure figure) throws InterruptedException {
    var deadline =
        System.currentTimeMillis()
            + TimeUnit.SECONDS.toMillis(wakeFromSeconds + wakeWithinSeconds)
            + LATEST_MILLIS;
    while (lateMillis.getTotalCount() < slice && System.currentTimeMillis() < deadline) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    figure
        .count("woken", lateMillis.getTotalCount())
        .count("to_wake", slice)
        .count("earliest_ms", earliest.get())
        .count("late_p50_ms", lateMillis.getValueAtPercentile(50))
        .count("late_p99_ms", lateMillis.getValueAtPercentile(99))
        .count("late_max_ms", lateMillis.getMaxValue());
  }
}
