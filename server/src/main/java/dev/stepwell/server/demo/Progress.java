package dev.stepwell.server.demo;

import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Ulid;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * Prints what runs do, a line for each thing. A thread of its own prints: a terminal may be held
 * up, and those who report may not.
 */
final class Progress implements RunListener {

  private final PrintStream out;
  private final Lines lines;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final Map<Ulid, CompletableFuture<RunStatus>> runs = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<RunStatus>> functions = new ConcurrentHashMap<>();
  private volatile Instant beginning = Instant.EPOCH;

  private Progress(PrintStream out, Lines lines) {
    this.out = out;
    this.lines = lines;
  }

  /** Prints to {@code out} from now on, until the process ends. */
  static Progress start(PrintStream out, Lines lines) {
    var progress = new Progress(out, lines);
    Thread.ofPlatform().daemon().name("demo-printer").start(progress::print);
    return progress;
  }

  /** Counts time from {@code newBeginning} on. */
  void beginAt(Instant newBeginning) {
    beginning = newBeginning;
  }

  /** Tells something that the listener was not told: by the shop, or from the past. */
  void tell(News more) {
    news.add(more);
  }

  @Override
  public void started(Ulid runId, String function, Instant at) {
    tell(new News.Started(runId, function, at));
  }

  @Override
  public void step(
      Ulid runId, String function, String step, String state, Supplier<String> detail, Instant at) {
    tell(new News.Step(function, step, state, detail.get(), at));
  }

  @Override
  public void ended(Ulid runId, String function, RunStatus status, Instant at) {
    tell(new News.Ended(runId, function, status, at));
  }

  /** Completes with how {@code run} has ended, when that has been printed. */
  CompletableFuture<RunStatus> endOf(Ulid run) {
    return runs.computeIfAbsent(run, _ -> new CompletableFuture<>());
  }

  /** Completes with how the first run of {@code function} in this process has ended. */
  CompletableFuture<RunStatus> endOf(String function) {
    return functions.computeIfAbsent(function, _ -> new CompletableFuture<>());
  }

  private void print() {
    try {
      while (true) {
        var next = news.take();
        out.println(lines.line(next, beginning));
        if (next instanceof News.Ended(var run, var function, var status, _)) {
          endOf(run).complete(status);
          endOf(function).complete(status);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
