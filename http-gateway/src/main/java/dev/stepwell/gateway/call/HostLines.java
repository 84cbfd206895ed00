package dev.stepwell.gateway.call;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets so many calls to one host go on at once; the others wait in line. Hosts know nothing of each
 * other. Safe for use by many threads.
 */
final class HostLines {

  private static final class Line {
    int underWay;
    final Deque<Runnable> waiting = new ArrayDeque<>();
  }

  private final int limit;
  private final Map<String, Line> lines = new HashMap<>();

  HostLines(int limit) {
    this.limit = limit;
  }

  /** Begins work when its turn has come; its turn ends when its stage completes. */
  <T> CompletionStage<T> inTurn(String host, Supplier<CompletionStage<T>> work) {
    var done = new CompletableFuture<T>();
    Runnable begin = () -> begin(host, work, done);
    synchronized (lines) {
      var line = lines.computeIfAbsent(host, _ -> new Line());
      if (line.underWay == limit) {
        line.waiting.add(begin);
        return done;
      }
      line.underWay++;
    }
    begin.run();
    return done;
  }

  private <T> void begin(
      String host, Supplier<CompletionStage<T>> work, CompletableFuture<T> done) {
    CompletionStage<T> stage;
    try {
      stage = work.get();
    } catch (RuntimeException e) {
      stage = CompletableFuture.failedStage(e);
    }
    var _ =
        stage.whenComplete((value, failure) -> {
          leave(host);
          if (failure == null) {
            done.complete(value);
          } else {
            done.completeExceptionally(failure);
          }
        });
  }

  private void leave(String host) {
    Runnable next;
    synchronized (lines) {
      var line = lines.get(host);
      if (line == null) {
        return;
      }
      next = line.waiting.poll();
      if (next == null && --line.underWay == 0) {
        lines.remove(host);
      }
    }
    if (next != null) {
      next.run();
    }
  }
}
