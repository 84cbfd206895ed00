package dev.stepwell.testkit;

import dev.stepwell.engine.execution.Busy;
import java.time.Duration;

/**
 * Counts what goes on: tasks of actors, threads of functions' code, calls to the store. Whatever
 * hands work over counts it before it is itself done, so zero means that nothing goes on, and that
 * nothing will before somebody turns the clock.
 */
final class Activity implements Busy {

  /** So often may patience be shown anew; more is not slow but endless. */
  private static final int PATIENCE_TIMES = 20;

  private int underWay;
  private long ended;

  @Override
  public synchronized void more() {
    underWay++;
  }

  @Override
  public synchronized void less() {
    underWay--;
    ended++;
    if (underWay == 0) {
      notifyAll();
    }
  }

  synchronized int underWay() {
    return underWay;
  }

  /**
   * Waits until nothing goes on.
   *
   * @param patience real time in which something must come to an end, or all is taken to be stuck
   * @return whether nothing goes on
   */
  synchronized boolean awaitNone(Duration patience) throws InterruptedException {
    for (var i = 0; i < PATIENCE_TIMES && underWay > 0; i++) {
      var endedBefore = ended;
      awaitNoneUntil(System.nanoTime() + patience.toNanos());
      if (ended == endedBefore) {
        break;
      }
    }
    return underWay == 0;
  }

  private synchronized void awaitNoneUntil(long nanoTime) throws InterruptedException {
    for (var left = nanoTime - System.nanoTime();
        underWay > 0 && left > 0;
        left = nanoTime - System.nanoTime()) {
      wait(1 + left / 1_000_000);
    }
  }
}
