package dev.stepwell.embedded;

/** Waits for threads that are known to end soon. */
final class Threads {

  private Threads() {}

  /** Waits whatever happens; an interrupt is kept for later. */
  static void join(Thread thread) {
    var interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
