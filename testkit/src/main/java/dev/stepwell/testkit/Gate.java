package dev.stepwell.testkit;

import dev.stepwell.engine.port.Time;
import java.time.Duration;
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
  private final Crashes crashes;
  private volatile Duration downFor = Duration.ZERO;
  private volatile boolean shut;

  Gate(Activity activity, Crashes crashes) {
    this.activity = activity;
    this.crashes = crashes;
  }

  /**
   * Ends the life.
   *
   * @param newDownFor how much time goes by until the next one begins
   */
  void shut(Duration newDownFor) {
    downFor = newDownFor;
    shut = true;
  }

  boolean isShut() {
    return shut;
  }

  Duration downFor() {
    return downFor;
  }

  /** Whether the life has ended by this moment, or ends at it. */
  boolean endsAt(Moment moment) {
    return crashes.endsAt(this, moment);
  }

  /** A call to the store, counted until whoever waits for it has been told. */
  CompletionStage<Object> call(StoreCall call, Supplier<CompletionStage<Object>> asked) {
    if (endsAt(new Moment.Before(call))) {
      return new CompletableFuture<>();
    }
    activity.more();
    var told = new CompletableFuture<Object>();
    var _ =
        asked
            .get()
            .whenComplete((value, failure) -> {
              if (!endsAt(new Moment.After(call))) {
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
