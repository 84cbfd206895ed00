package dev.stepwell.testkit;

import dev.stepwell.engine.execution.Busy;
import java.time.Duration;

/**
 * Counts what goes on: tasks of actors, threads of functions' code, calls to the store. Whatever
 * hands work over counts it before it is itself done, so zero means that nothing goes on, and that
 * nothing will before somebody turns the clock.
 */
final class Activity implements Busy {

  private int underWay;

  @Override
  public synchronized void more() {
    underWay++;
  }

  @Override
  public synchronized void less() {
    underWay--;
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
   * @param atMost real time, after which something must be stuck
   * @return whether nothing goes on
   */
  synchronized boolean awaitNone(Duration atMost) throws InterruptedException {
    var until = System.nanoTime() + atMost.toNanos();
    while (underWay > 0) {
      var left = until - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(Math.max(1, left / 1_000_000));
    }
    return true;
  }
}
