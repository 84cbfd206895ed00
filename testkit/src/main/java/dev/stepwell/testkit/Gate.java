package dev.stepwell.testkit;

import dev.stepwell.engine.port.Time;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The way of one life of the engine to what outlives it: store and clock. Once it is shut, nothing
 * that this life still does has an effect, as if the process had ended at that instant.
 */
final class Gate {

  private final Activity activity;
  private final WriteCount writes;
  private volatile boolean shut;

  Gate(Activity activity, WriteCount writes) {
    this.activity = activity;
    this.writes = writes;
  }

  void shut() {
    shut = true;
  }

  boolean isShut() {
    return shut;
  }

  /** A call to the store, counted until whoever waits for it has been told. */
  CompletionStage<Object> call(boolean write, Supplier<CompletionStage<Object>> call) {
    if (shut || (write && writes.endsBefore())) {
      shut();
      return new CompletableFuture<>();
    }
    var ending = write && writes.endsAfter();
    activity.more();
    var told = new CompletableFuture<Object>();
    var _ =
        call.get()
            .whenComplete((value, failure) -> {
              if (ending) {
                shut();
              }
              if (!shut) {
                tell(told, value, failure);
              }
              activity.less();
            });
    return told;
  }

  private static void tell(CompletableFuture<Object> told, Object value, Throwable failure) {
    if (failure == null) {
      told.complete(value);
    } else {
      told.completeExceptionally(failure);
    }
  }

  Time time(Time time) {
    return new Time() {
      @Override
      public Instant instant() {
        return time.instant();
      }

      @Override
      public Alarm at(Instant at, Runnable ring) {
        return shut
            ? () -> {}
            : time.at(
                at,
                () -> {
                  if (!shut) {
                    ring.run();
                  }
                });
      }
    };
  }
}
