package dev.stepwell.engine.execution;

import static dev.stepwell.engine.execution.FakeDesk.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.EventName;
import dev.stepwell.NonRetryableException;
import dev.stepwell.engine.run.Outcome;
import dev.stepwell.engine.run.Report;
import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.run.RunState;
import dev.stepwell.engine.run.StepState;
import dev.stepwell.engine.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JavaStepsTest {

  @EventName("mail/sent")
  record Mail(String text) {}

  private final AtomicInteger executions = new AtomicInteger();

  @Test
  void aFunctionIsGivenItsEventAndWhatItReturnsIsTheRunsOutput() {
    var desk = Story.desk((order, _) -> order.orderId() + "!");
    desk.live();
    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"o-1!\"")));
  }

  @Test
  void nStepsAreNWritesAfterTheStartTheLastOneWithTheEnd() {
    var desk =
        Story.desk((_, step) -> {
          var a = step.run("a", () -> "1");
          var b = step.run("b", () -> a + "2");
          return step.run("c", () -> b + "3");
        });

    desk.live();

    assertThat(desk.writes())
        .containsExactly(
            List.of(succeeded("a", "\"1\"")),
            List.of(succeeded("b", "\"12\"")),
            List.of(succeeded("c", "\"123\""), new Report.Returned(Json.of("\"123\""))));
  }

  @Test
  void aStepsResultIsStoredBeforeTheNextStepsCodeBegins() {
    var desk = new FakeDesk[1];
    desk[0] =
        Story.desk((_, step) -> {
          step.run("a", () -> "1");
          return step.run("b", () -> phase(desk[0], "a"));
        });

    desk[0].live();

    assertThat(desk[0].outcome()).isEqualTo(new Outcome.Completed(Json.of("\"Succeeded\"")));
  }

  @Test
  void aStepThatIsRecordedIsNotExecutedAgain() {
    var desk =
        Story.desk(
                (_, step) -> {
                  var a = step.run("a", () -> "executed " + executions.incrementAndGet());
                  return a + step.run("b", () -> "2");
                })
            .after(Story.succeeded("a", "\"remembered \""));

    desk.live();

    assertThat(executions).hasValue(0);
    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"remembered 2\"")));
  }

  @Test
  void aSleepIsStoredWithTheStepBeforeItAndLastsItsTime() {
    var desk =
        Story.desk((_, step) -> {
          step.run("a", () -> "1");
          step.sleep("nap", Duration.ofHours(1));
          return "rested";
        });

    desk.live();
    assertThat(desk.writes())
        .containsExactly(
            List.of(succeeded("a", "\"1\""), new Report.Sleep("nap", NOON + 3_600_000)));
    assertThat(desk.idle()).isTrue();
    turn(desk, Duration.ofHours(1));

    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"rested\"")));
  }

  @Test
  void aSleepThatIsRecordedEndsWhenItWasToEndWhateverTheClockSaysNow() {
    var desk =
        Story.desk(
                (_, step) -> {
                  step.sleep("nap", Duration.ofHours(1));
                  step.sleepUntil("night", Instant.ofEpochMilli(NOON - 5));
                  step.sleepUntil("beginning", Instant.MIN);
                  return "rested";
                })
            .after(new RunFact.SleepStarted("nap", NOON - 1, NOON - 3_600_001));

    desk.live();

    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"rested\"")));
  }

  @Test
  void aNameIsUsedOnce() {
    var desk =
        Story.desk((_, step) -> {
          step.run("a", () -> "1");
          assertThatThrownBy(() -> step.run("a", () -> "2"))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> step.sleep("a", Duration.ofSeconds(1)))
              .isInstanceOf(IllegalArgumentException.class);
          return "fine";
        });
    desk.live();
    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"fine\"")));
  }

  @Test
  void aStepInsideAStepIsRefusedWhateverTheVerb() {
    var desk =
        Story.desk((_, step) ->
            step.run(
                "outer",
                () -> {
                  assertRefused(() -> step.run("inner", () -> "1"));
                  assertRefused(() -> step.sleep("nap", Duration.ofSeconds(1)));
                  assertRefused(() -> step.send("mail", new Mail("hello")));
                  assertRefused(() -> step.start("fork", () -> "1").join());
                  return "alone";
                }));
    desk.live();
    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"alone\"")));
  }

  @Test
  void aStepOnAnotherThreadIsRefused() {
    var desk =
        Story.desk((_, step) -> {
          var thrown = new ArrayList<Throwable>();
          var thread =
              Thread.ofVirtual()
                  .start(() -> {
                    try {
                      step.run("elsewhere", () -> "1");
                    } catch (IllegalStateException refused) {
                      thrown.add(refused);
                    }
                  });
          thread.join();
          return "refused " + thrown.size();
        });
    desk.live();
    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.of("\"refused 1\"")));
  }

  @Test
  void codeThatNoLongerComesToARecordedStepIsWarnedAboutOnce() {
    var desk =
        Story.desk(
                (_, step) -> {
                  step.run("new", () -> "1");
                  return step.run("newer", () -> "2");
                })
            .after(Story.succeeded("old", "\"1\""));

    desk.live();

    var warnings =
        desk.writes().stream().flatMap(List::stream).filter(Report.Warn.class::isInstance).toList();
    assertThat(warnings).hasSize(1);
    assertThat(((Report.Warn) warnings.getFirst()).warning()).contains("'old'");
  }

  @Test
  void codeThatEndsBeforeARecordedStepIsWarnedAbout() {
    var desk = Story.desk((_, _) -> "short").after(Story.succeeded("old", "\"1\""));

    desk.live();

    assertThat(desk.writes().getFirst().getFirst()).isInstanceOf(Report.Warn.class);
  }

  @Test
  void aStepThatHasBecomeAnotherKindOfStepFailsTheRun() {
    var sleeps =
        Story.desk(
                (_, step) -> {
                  step.sleep("a", Duration.ofSeconds(1));
                  return "";
                })
            .after(Story.succeeded("a", "\"1\""));
    sleeps.live();
    assertThat(sleeps.outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) sleeps.outcome()).failure().message())
        .contains("'a' is now a sleep, but is recorded as succeeded");

    var runs =
        Story.desk((_, step) -> step.run("a", () -> ""))
            .after(new RunFact.SleepStarted("a", NOON - 1, NOON - 2));
    runs.live();
    assertThat(runs.outcome()).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void everyStepThatExecutesHasASlotAndGivesItBack() {
    var desk =
        Story.desk((_, step) -> {
          step.run("a", () -> "1");
          return step.run(
              "b",
              () -> {
                throw new NonRetryableException("no");
              });
        });
    desk.live();
    assertThat(desk.slots).containsExactly("+a", "-a", "+b", "-b");
  }

  private static void turn(FakeDesk desk, Duration by) {
    desk.time.advance(by);
    desk.proceed();
    desk.rest();
  }

  private static String phase(FakeDesk desk, String step) {
    StepState state = ((RunState.Active) desk.state()).step(step);
    return state == null ? "absent" : state.getClass().getSimpleName();
  }

  private static Report succeeded(String step, String json) {
    return new Report.Succeeded(step, Json.of(json), NOON);
  }

  private static void assertRefused(Runnable verb) {
    assertThatThrownBy(verb::run).isInstanceOf(IllegalStateException.class);
  }
}
