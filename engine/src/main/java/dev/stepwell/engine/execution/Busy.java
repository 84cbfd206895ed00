package dev.stepwell.engine.execution;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Counts the threads of executing code that are not waiting for the engine. A test kit needs to
 * know when nothing goes on any more; everybody else uses {@link #UNCOUNTED}.
 */
public interface Busy {

  Busy UNCOUNTED =
      new Busy() {
        @Override
        public void more() {}

        @Override
        public void less() {}
      };

  void more();

  void less();

  /** Waits for a stage on this thread, which does not count meanwhile. */
  default <T> T await(CompletionStage<T> stage) {
    var answer = new CompletableFuture<T>();
    // Whoever completes the stage counts this thread again, before it lets it go on; and it counts
    // until somebody else is sure to do so. There is no moment in which neither of the two counts.
    var _ =
        stage.whenComplete((value, failure) -> {
          more();
          if (failure == null) {
            answer.complete(value);
          } else {
            answer.completeExceptionally(failure);
          }
        });
    less();
    return answer.join();
  }
}
