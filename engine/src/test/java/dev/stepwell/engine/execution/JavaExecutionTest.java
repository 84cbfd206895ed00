package dev.stepwell.engine.execution;

import static dev.stepwell.engine.execution.FakeDesk.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.run.Outcome;
import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.run.RunState;
import dev.stepwell.engine.wire.Json;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How a run's thread is taken out of authors' code, and what may not keep it there. */
class JavaExecutionTest {

  private final AtomicInteger caught = new AtomicInteger();
  private final AtomicInteger cleanedUp = new AtomicInteger();
  private final AtomicInteger executed = new AtomicInteger();

  @Test
  void aThreadLeavesThroughCatchExceptionAndRunsItsFinallyBlocks() {
    var desk =
        Story.desk((_, step) -> {
          try {
            step.sleep("nap", Duration.ofHours(1));
          } catch (Exception e) {
            caught.incrementAndGet();
          } finally {
            cleanedUp.incrementAndGet();
          }
          return "";
        });
    desk.live();
    assertThat(desk.idle()).isTrue();

    desk.abandon();
    desk.rest();

    assertThat(caught).hasValue(0);
    assertThat(cleanedUp).hasValue(1);
    assertThat(desk.writes()).hasSize(1);
  }

  @Test
  void whoeverSwallowsTheEndMeetsItAgainAtEveryVerb() {
    var desk =
        Story.desk((_, step) -> {
          swallow(() -> step.sleep("nap", Duration.ofHours(1)));
          swallow(() -> step.run("a", () -> "executed " + executed.incrementAndGet()));
          swallow(() -> step.sleep("b", Duration.ofMillis(1)));
          swallow(() -> step.start("c", () -> "executed " + executed.incrementAndGet()).join());
          return "as if nothing had happened";
        });
    desk.live();

    desk.abandon();
    var state = desk.rest();

    assertThat(caught).hasValue(4);
    assertThat(executed).hasValue(0);
    assertThat(state).isInstanceOf(RunState.Active.class);
    assertThat(desk.writes()).hasSize(1);
  }

  @Test
  void whatIsThrownInPlaceOfTheSwallowedEndIsNotTheRunsFailure() {
    var desk =
        Story.desk((_, step) -> {
          swallow(() -> step.sleep("nap", Duration.ofHours(1)));
          throw new IllegalStateException("what now?");
        });
    desk.live();

    desk.abandon();

    assertThat(desk.rest()).isInstanceOf(RunState.Active.class);
    assertThat(desk.writes()).hasSize(1);
  }

  @Test
  void aThreadLeavesThoughItsReportIsNeverAnswered() {
    var desk =
        Story.desk((_, step) -> {
          try {
            step.run("a", () -> "1");
            return step.run("b", () -> "executed " + executed.incrementAndGet());
          } finally {
            cleanedUp.incrementAndGet();
          }
        });
    desk.fallSilent();
    desk.live();
    assertThat(cleanedUp).hasValue(0);

    desk.abandon();
    desk.rest();

    assertThat(cleanedUp).hasValue(1);
    assertThat(executed).hasValue(0);
  }

  @Test
  void forksLeaveTooAndSoDoesWhoeverJoinsThem() {
    var desk =
        Story.desk((_, step) -> {
          try {
            var fork = step.start("a", () -> "1");
            return fork.join();
          } finally {
            cleanedUp.incrementAndGet();
          }
        });
    desk.fallSilent();
    desk.live();

    desk.abandon();
    desk.rest();

    assertThat(cleanedUp).hasValue(1);
  }

  @Test
  void aStepBeginsOnceItIsBeyondDoubtWhoseTheRunIs() {
    var desk =
        Story.desk((_, step) -> step.run("a", () -> "executed " + executed.incrementAndGet()));
    desk.doubt(3);

    desk.live();

    assertThat(desk.questions()).isEqualTo(4);
    assertThat(executed).hasValue(1);
    assertThat(desk.state()).isInstanceOf(RunState.Ended.class);
  }

  @Test
  void aStepOfARunThatIsSomebodyElsesNeverBegins() {
    var desk =
        Story.desk((_, step) -> step.run("a", () -> "executed " + executed.incrementAndGet()));
    desk.doubt(Integer.MAX_VALUE);
    desk.begin();
    await().until(() -> desk.questions() > 1);

    desk.abandon();
    desk.rest();

    assertThat(executed).hasValue(0);
    assertThat(desk.writes()).isEmpty();
  }

  @Test
  void aStepUnderWayWhenItsRunGoesIsNotReported() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var desk =
        Story.desk((_, step) -> {
          step.run(
              "a",
              () -> {
                begun.countDown();
                return goOn.await(10, TimeUnit.SECONDS);
              });
          return step.run("b", () -> "executed " + executed.incrementAndGet());
        });
    desk.begin();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    desk.abandon();
    goOn.countDown();
    desk.rest();

    assertThat(desk.writes()).isEmpty();
    assertThat(executed).hasValue(0);
  }

  @Test
  void anInterruptDoesNotBreakASleep() {
    var desk =
        Story.desk((_, step) -> {
          Thread.currentThread().interrupt();
          step.sleep("nap", Duration.ofHours(1));
          return step.run("a", () -> "rested");
        });
    desk.live();
    assertThat(desk.idle()).isTrue();

    desk.time.advance(Duration.ofHours(1));
    desk.proceed();
    desk.rest();

    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"rested\"")));
  }

  @Test
  void interruptsFromOutsideDoNotBreakAJoinOrAWaitForTheStore() {
    var thread = new AtomicReference<Thread>();
    var desk =
        Story.desk((_, step) -> {
          thread.set(Thread.currentThread());
          var fork = step.start("a", () -> "1");
          return fork.join() + step.run("b", () -> "2");
        });
    desk.after(new RunFact.StepAttemptFailed("a", Story.BOOM, NOON + 1_000, NOON, NOON));
    desk.live();
    for (var i = 0; i < 50; i++) {
      thread.get().interrupt();
    }

    desk.time.advance(Duration.ofSeconds(1));
    desk.proceed();
    desk.rest();

    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"12\"")));
  }

  @Test
  void aStepThatInterruptsItsOwnThreadHasItsResultStored() {
    var desk =
        Story.desk((_, step) -> {
          step.run(
              "a",
              () -> {
                Thread.currentThread().interrupt();
                return "1";
              });
          return step.run("b", () -> "2");
        });

    desk.live();

    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"2\"")));
  }

  private void swallow(Runnable verb) {
    try {
      verb.run();
    } catch (Throwable everything) {
      caught.incrementAndGet();
    }
  }
}
