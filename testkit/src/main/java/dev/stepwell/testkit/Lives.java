package dev.stepwell.testkit;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.memory.HandTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/** One life of the engine after another, on one store and one clock. For the test's thread only. */
final class Lives implements AutoCloseable {

  /** Real time in which something must come to an end, or the test is taken to be stuck. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Activity activity = new Activity();
  private final ActorThread thread = new ActorThread(activity);
  private final Crashes crashes = new Crashes();
  private final StepTable steps;
  private final HandTime clock;
  private final DoubleSupplier chance;
  private TestSetup setup;
  private Life life;

  Lives(TestSetup setup, StepTable steps, DoubleSupplier chance) {
    this.setup = setup;
    this.steps = steps;
    this.chance = chance;
    this.clock = new HandTime(setup.begin());
    this.life = begin();
    settle();
  }

  private Life begin() {
    var gate = new Gate(activity, crashes);
    return Life.begin(setup, gate, clock, activity, thread, steps, chance);
  }

  TestSetup setup() {
    return setup;
  }

  HandTime clock() {
    return clock;
  }

  Crashes crashes() {
    return crashes;
  }

  /** Waits until nothing goes on any more; if the engine ends meanwhile, it begins anew. */
  void settle() {
    awaitNone();
    while (life.isOver()) {
      end();
      clock.advance(life.downFor());
      life = begin();
      awaitNone();
    }
  }

  /** Ends the engine at once, and begins anew with what {@code newSetup} says. */
  void crash(TestSetup newSetup) {
    life.cut();
    setup = newSetup;
    settle();
  }

  /** Turns the clock, with a stop at each alarm, at which everything comes to rest. */
  void advanceTo(Instant until) {
    settle();
    while (clock.ringNext(until)) {
      settle();
    }
  }

  /**
   * Asks the engine, which must answer without a turn of the clock. Whoever is not answered because
   * of a crash asks again, as a client would.
   */
  <T> T ask(Function<Engine, CompletionStage<T>> question) {
    settle();
    while (true) {
      var asked = life;
      var answer = question.apply(asked.engine()).toCompletableFuture();
      settle();
      if (answer.isDone()) {
        return answer.join();
      }
      if (asked == life) {
        throw new AssertionError("The engine has not answered.\n" + Dump.of(this));
      }
    }
  }

  Engine engine() {
    return life.engine();
  }

  Activity activity() {
    return activity;
  }

  StepTable steps() {
    return steps;
  }

  ActorThread thread() {
    return thread;
  }

  private void awaitNone() {
    try {
      if (!activity.awaitNone(PATIENCE)) {
        throw new AssertionError(
            "Nothing has come to an end for " + PATIENCE.toSeconds() + " s.\n" + Dump.of(this));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while the engine was at work.", e);
    }
  }

  private void end() {
    try {
      life.end().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while the engine was ending.", e);
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      throw new AssertionError("The engine does not end.\n" + Dump.of(this), e);
    }
    awaitNone();
  }

  @Override
  public void close() {
    life.cut();
    end();
    thread.close();
  }
}
