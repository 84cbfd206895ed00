package dev.stepwell.engine.memory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Answers calls one at a time and at once, until it is closed. */
final class Calls {

  private boolean closed;

  synchronized <T> CompletionStage<T> answer(Supplier<T> work) {
    if (closed) {
      return CompletableFuture.failedStage(new IllegalStateException("the store is closed"));
    }
    try {
      return CompletableFuture.completedStage(work.get());
    } catch (IllegalArgumentException | IllegalStateException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Whether something is so; nothing is, once closed. */
  synchronized boolean isSo(BooleanSupplier look) {
    return !closed && look.getAsBoolean();
  }

  /** A call that answers nothing. */
  CompletionStage<Void> perform(Runnable work) {
    return this.<Boolean>answer(
            () -> {
              work.run();
              return true;
            })
        .thenAccept(_ -> {});
  }

  synchronized void close() {
    closed = true;
  }
}
