package dev.stepwell.embedded;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Changes on their way to the disk, and the stage that tells their maker that they are there. */
final class Write extends CompletableFuture<Void> {

  final Ops ops;

  /** Whether the stage may be completed only after a sync. */
  final boolean sync;

  /** The one that was handed in before this one; how writes queue up. */
  @Nullable Write next;

  Write(Ops ops, boolean sync) {
    this.ops = ops;
    this.sync = sync;
  }

  /** Which is what a stage of this stage is. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
