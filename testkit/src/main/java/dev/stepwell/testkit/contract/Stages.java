package dev.stepwell.testkit.contract;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Waits for stages, in tests. */
final class Stages {

  private static final int SECONDS = 60;

  private Stages() {}

  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the stage did not complete: " + e, e);
    }
  }

  /** For stages that carry nothing. */
  static void await(CompletionStage<Void> stage) {
    get(stage.thenApply(_ -> true));
  }

  /** Begins all, then waits for all. */
  static void awaitAll(Stream<CompletionStage<Void>> stages) {
    stages.toList().forEach(Stages::await);
  }

  /** Why a stage failed. */
  static Throwable failure(CompletionStage<?> stage) {
    try {
      var value = stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("the stage did not fail but gave " + value);
    } catch (ExecutionException e) {
      var cause = e.getCause();
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      return cause == null ? e : cause;
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the stage did not complete: " + e, e);
    }
  }
}
