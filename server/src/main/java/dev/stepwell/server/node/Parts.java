package dev.stepwell.server.node;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been started so far, to be stopped in the opposite order. */
final class Parts implements AutoCloseable {

  /** One part that can be stopped. */
  interface Part extends AutoCloseable {
    @Override
    void close();
  }

  private final Deque<Part> started = new ArrayDeque<>();

  void add(Part part) {
    started.push(part);
  }

  /** Stops all of them, also when one fails to; then throws what the first failure was. */
  @Override
  public void close() {
    RuntimeException first = null;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
