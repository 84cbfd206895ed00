package dev.stepwell.engine.wait;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * The searches for earlier events: a bounded number of queries at a time, in turn. A query that
 * failed waits for the next {@link #retry}.
 */
final class LookBacks {

  static final int QUERIES_MAX = 16;

  private final BiConsumer<Pursuit, LookBack> ask;
  private final Queue<Pursuit> queue = new ArrayDeque<>();
  private final Queue<Pursuit> failed = new ArrayDeque<>();
  private int underWay;

  /**
   * Begins with nothing to do.
   *
   * @param ask asks for the page that the pursuit's search wants; {@link #answered} or {@link
   *     #failed} follows
   */
  LookBacks(BiConsumer<Pursuit, LookBack> ask) {
    this.ask = ask;
  }

  void want(Pursuit pursuit) {
    queue.add(pursuit);
    pump();
  }

  void answered() {
    underWay--;
    pump();
  }

  void failed(Pursuit pursuit) {
    failed.add(pursuit);
    answered();
  }

  boolean mustRetry() {
    return !failed.isEmpty();
  }

  void retry() {
    queue.addAll(failed);
    failed.clear();
    pump();
  }

  private void pump() {
    while (underWay < QUERIES_MAX) {
      var next = queue.poll();
      if (next == null) {
        return;
      }
      if (next.phase == Pursuit.Phase.LOOKING) {
        underWay++;
        ask.accept(next, next.lookBack());
      }
    }
  }
}
