package dev.stepwell.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.server.Stepwell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import picocli.CommandLine.Command;

/**
 * A node of the cluster that {@link RestingCli} measures. All that is to be set comes by system
 * properties. Answers each line of its standard input with one that begins with {@link #ANSWER}.
 */
@Command(name = "resting-node", hidden = true)
final class RestingNode implements Callable<Integer>, RunListener {

  static final String ANSWER = "answer: ";

  private static final int DIGITS = 3;
  private static final double MIB = 1 << 20;

  private final ConcurrentHistogram lateMillis = new ConcurrentHistogram(DIGITS);
  private final AtomicLong earliest = new AtomicLong(Long.MAX_VALUE);
  private final LongAdder rested = new LongAdder();
  private final LongAdder ended = new LongAdder();

  @Override
  public Integer call() throws IOException {
    try (var node =
            Stepwell.node()
                .clustered()
                .functions(new Functions.Sleeper(this::woke), new Functions.Asker())
                .listener(this)
                .start();
        var questions = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      say(node.url().toString());
      for (var line = questions.readLine(); line != null; line = questions.readLine()) {
        say(answer(line));
      }
    }
    return 0;
  }

  private String answer(String question) {
    return switch (question) {
      case "rested" -> Long.toString(rested.sum());
      case "ended" -> Long.toString(ended.sum());
      case "woken" -> Long.toString(lateMillis.getTotalCount());
      case "heap" -> Double.toString(Heap.usedBytes() / MIB);
      case "earliest" -> Long.toString(earliest.get());
      case "p50" -> Long.toString(lateMillis.getValueAtPercentile(50));
      case "p99" -> Long.toString(lateMillis.getValueAtPercentile(99));
      case "max" -> Long.toString(lateMillis.getMaxValue());
      default -> throw new IllegalArgumentException(question);
    };
  }

  private static void say(String answer) {
    System.out.println(ANSWER + answer);
    System.out.flush();
  }

  private void woke(long late) {
    earliest.accumulateAndGet(late, Math::min);
    lateMillis.recordValue(Math.max(0, late));
  }

  @Override
  public void step(
      Ulid runId, String function, String step, String state, Supplier<String> detail, Instant at) {
    if (state.equals("sleeping") || state.equals("waiting")) {
      rested.increment();
    }
  }

  @Override
  public void ended(Ulid runId, String function, RunStatus status, Instant at) {
    ended.increment();
  }
}
