package dev.stepwell.engine.flow;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The right to execute one step now. */
public final class Slot {

  private final Runnable release;
  private final CompletableFuture<Boolean> lost = new CompletableFuture<>();

  Slot(Runnable release) {
    this.release = release;
  }

  /** Gives the slot back. May be called from any thread, and again. */
  public void release() {
    release.run();
  }

  /**
   * Completes if the slot could not be kept, because nobody answered for a lease: from then on
   * others may execute beside this step. It is claimed anew nevertheless, and to be released.
   */
  public CompletionStage<Boolean> lost() {
    return lost;
  }

  void lose() {
    lost.complete(true);
  }
}
