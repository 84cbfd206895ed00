package dev.stepwell.testkit;

/** Counts writes to the store, and knows at which of them the process is to end. */
final class WriteCount {

  private int made;
  private int endBefore;
  private int endAfter;

  /** Ends the process instead of the {@code count}th write from now on, which is not made. */
  synchronized void armBefore(int count) {
    endBefore = made + count;
  }

  /** Ends the process when the {@code count}th write from now on has been made. */
  synchronized void armAfter(int count) {
    endAfter = made + count;
  }

  /** Counts one write. */
  synchronized boolean endsBefore() {
    made++;
    return made == endBefore;
  }

  synchronized boolean endsAfter() {
    return made == endAfter;
  }

  synchronized int made() {
    return made;
  }
}
