package dev.stepwell.engine.execution;

import static dev.stepwell.engine.execution.FakeDesk.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.NonRetryableException;
import dev.stepwell.RetryAfterException;
import dev.stepwell.StepFailedException;
import dev.stepwell.engine.run.Outcome;
import dev.stepwell.engine.run.Report;
import dev.stepwell.engine.run.Report.Again;
import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a step or the code between steps may throw, and what becomes of it. */
class JavaAttemptsTest {

  private final AtomicInteger executions = new AtomicInteger();

  @Test
  void aStepThatFailedForGoodFailsAgainInEveryLifeWithTheSameWords() {
    Story.Body body =
        (_, step) -> {
          try {
            return step.run("a", () -> "executed " + executions.incrementAndGet());
          } catch (StepFailedException failed) {
            return failed.step() + " " + failed.attempts() + " " + failed.lastError();
          }
        };
    var desk = Story.desk(body).after(new RunFact.StepFailed("a", Story.BOOM, NOON, NOON));

    desk.live();

    assertThat(executions).hasValue(0);
    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"a 1 boom\"")));
  }

  @Test
  void aStepThatThrowsIsTriedAgainWhenItsPauseIsOver() {
    var desk =
        Story.desk((_, step) ->
            step.run(
                "a",
                () -> {
                  if (executions.incrementAndGet() < 3) {
                    throw new IllegalStateException("not yet");
                  }
                  return "done";
                }));

    desk.live();
    assertThat(desk.idle()).isTrue();
    assertThat(executions).hasValue(1);
    turn(desk, Duration.ofMillis(999));
    assertThat(executions).hasValue(1);
    turn(desk, Duration.ofMillis(1));
    assertThat(executions).hasValue(2);
    turn(desk, Duration.ofSeconds(1));

    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"done\"")));
  }

  @Test
  void aStepWhosePauseIsNotOverInTheNextLifeWaitsForTheRestOfIt() {
    var desk =
        Story.desk((_, step) -> step.run("a", () -> "done " + executions.incrementAndGet()))
            .after(new RunFact.StepAttemptFailed("a", Story.BOOM, NOON + 5_000, NOON, NOON));

    desk.live();
    assertThat(executions).hasValue(0);
    turn(desk, Duration.ofSeconds(5));

    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"done 1\"")));
  }

  @Test
  void whateverAStepThrowsIsItsFailure() {
    for (var thrown :
        List.of(
            new IllegalStateException("x"),
            new Exception("x"),
            new AssertionError("x"),
            new OutOfMemoryError("x"),
            new StackOverflowError("x"))) {
      var desk =
          Story.desk((_, step) ->
              step.run(
                  "a",
                  () -> {
                    throw sneaky(thrown);
                  }));
      desk.live();
      var threw = (Report.Threw) desk.writes().getFirst().getFirst();
      assertThat(threw.failure().name()).isEqualTo(thrown.getClass().getName());
      assertThat(threw.again()).isEqualTo(new Again.ByRule());
    }
  }

  @Test
  void whatThrowsWhenItIsAskedForItsMessageIsAFailureAllTheSame() {
    var broken =
        new IllegalStateException() {
          @Override
          public String getMessage() {
            throw new UnsupportedOperationException("no message");
          }
        };
    var step =
        Story.desk((_, steps) ->
            steps.run(
                "a",
                () -> {
                  throw broken;
                }));
    step.live();
    assertThat(threw(step).failure().name()).isEqualTo(broken.getClass().getName());
    assertThat(threw(step).failure().message()).contains("UnsupportedOperationException");

    var ownCode =
        Story.desk((_, _) -> {
          throw broken;
        });
    ownCode.live();
    assertThat(ownCode.writes().getFirst().getFirst()).isInstanceOf(Report.Broke.class);
  }

  @Test
  void aLongMessageIsCutBetweenTwoCharacters() {
    var desk =
        Story.desk((_, step) ->
            step.run(
                "a",
                () -> {
                  throw new IllegalStateException("x" + "\uD83D\uDC4D".repeat(10_000));
                }));
    desk.live();
    assertThat(threw(desk).failure().message())
        .hasSizeBetween(16_384, 16_388)
        .endsWith("\uD83D\uDC4D...");
  }

  @Test
  void aStepMaySayWhetherAndWhenItIsWorthAnotherTry() {
    assertThat(againOf(new NonRetryableException("no"))).isEqualTo(new Again.Never());
    assertThat(againOf(new RetryAfterException("later", Duration.ofMinutes(2))))
        .isEqualTo(new Again.After(120_000));
  }

  @Test
  void aResultThatIsTooBigOrHasNoJsonFormIsAFailureThatNobodyRepeats() {
    var big = Story.desk((_, step) -> step.run("a", () -> "x".repeat(JsonValues.BYTES_MAX)));
    big.live();
    assertThat(threw(big).again()).isEqualTo(new Again.Never());
    assertThat(threw(big).failure().message()).contains("4194306 bytes");

    var odd =
        Story.desk((_, step) -> {
          step.run("a", Object.class, () -> new Object[] {Thread.currentThread()});
          return "";
        });
    odd.live();
    assertThat(threw(odd).again()).isEqualTo(new Again.Never());
  }

  @Test
  void ownCodeThatThrowsIsReportedWithWhatCameBefore() {
    var desk =
        Story.desk((_, step) -> {
          step.run("a", () -> "1");
          throw new IllegalStateException("own code");
        });

    desk.live();

    assertThat(desk.writes()).hasSize(1);
    assertThat(desk.writes().getFirst()).hasSize(2);
    var broke = (Report.Broke) desk.writes().getFirst().getLast();
    assertThat(broke.failure().message()).isEqualTo("own code");
    assertThat(broke.again()).isEqualTo(new Again.ByRule());
  }

  @Test
  void aFailedStepThatNobodyCatchesFailsTheRunAtOnce() {
    var desk =
        Story.desk((_, step) -> step.run("a", () -> "executed"))
            .after(new RunFact.StepFailed("a", Story.BOOM, NOON, NOON));

    desk.live();

    assertThat(desk.outcome()).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void aFunctionWhoseCodeIsNotHereIsTriedLater() {
    var desk = Story.desk((_, _) -> "").ofFunction("elsewhere");

    desk.live();

    var broke = (Report.Broke) desk.writes().getFirst().getFirst();
    assertThat(broke.failure().name()).isEqualTo("FunctionGone");
    assertThat(broke.again()).isEqualTo(new Again.ByRule());
  }

  private static void turn(FakeDesk desk, Duration by) {
    desk.time.advance(by);
    desk.proceed();
    desk.rest();
  }

  private static Again againOf(RuntimeException thrown) {
    var desk =
        Story.desk((_, step) ->
            step.run(
                "a",
                () -> {
                  throw thrown;
                }));
    desk.live();
    return threw(desk).again();
  }

  private static Report.Threw threw(FakeDesk desk) {
    return (Report.Threw) desk.writes().getFirst().getFirst();
  }

  @SuppressWarnings("unchecked") // so that anything can be thrown
  private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
