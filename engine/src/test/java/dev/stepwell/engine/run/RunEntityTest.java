package dev.stepwell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.FaultyJournal.Fate;
import dev.stepwell.engine.execution.Story;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunEntityTest {

  private static final Duration SHORTLY = Duration.ofMillis(100);

  private final Map<String, Integer> executions = new ConcurrentHashMap<>();

  private final Story.Body threeSteps =
      (_, step) -> {
        var a = step.run("a", () -> executed("a"));
        var b = step.run("b", () -> executed("b"));
        return a + b + step.run("c", () -> executed("c"));
      };

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10})
  void nQuickStepsCostNWritesWithStartAndEnd(int steps) {
    Story.Body body =
        (_, step) -> {
          for (var i = 0; i < steps; i++) {
            var name = "step " + i;
            step.run(name, () -> executed(name));
          }
          return "";
        };
    try (var runs = new RunFixture(body)) {
      runs.live();

      assertThat(runs.output()).contains(Json.of("\"\""));
      assertThat(runs.writes()).hasSize(steps);
    }
  }

  @Test
  void aFunctionWithoutStepsCostsOneWrite() {
    try (var runs = new RunFixture((_, _) -> "")) {
      runs.live();
      assertThat(runs.writes()).hasSize(1);
    }
  }

  @Test
  void theStartIsWrittenWithTheFirstResultAndTheEndWithTheLast() {
    try (var runs = new RunFixture(threeSteps)) {
      runs.live();

      assertThat(runs.writes())
          .extracting(facts -> facts.stream().<Class<?>>map(Object::getClass).toList())
          .containsExactly(
              List.of(RunFact.Started.class, RunFact.StepSucceeded.class),
              List.of(RunFact.StepSucceeded.class),
              List.of(RunFact.StepSucceeded.class, RunFact.Ended.class));
      assertThat(runs.output()).contains(Json.of("\"a1b1c1\""));
    }
  }

  @Test
  void noStepExecutesBeforeTheResultOfTheLastIsStored() {
    try (var runs = new RunFixture(threeSteps)) {
      runs.journal().hold();
      var source = runs.start();

      await().until(() -> executions.containsKey("a"));
      source.expectNoMessage(SHORTLY);
      assertThat(executions).containsOnlyKeys("a");
      runs.journal().letGo();

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(1));
      assertThat(executions).containsOnly(Map.entry("a", 1), Map.entry("b", 1), Map.entry("c", 1));
    }
  }

  @Test
  void theStartDoesNotWaitForAFirstStepThatTakesItsTime() {
    var goOn = new CountDownLatch(1);
    Story.Body body =
        (_, step) ->
            step.run(
                "a",
                () -> {
                  goOn.await();
                  return executed("a");
                });
    try (var runs = new RunFixture(body)) {
      var source = runs.start();
      runs.advanceUntil(() -> !runs.writes().isEmpty());

      assertThat(runs.writes()).hasSize(1);
      assertThat(runs.writes().getFirst())
          .singleElement()
          .isInstanceOfSatisfying(
              RunFact.Started.class,
              started -> assertThat(started.event().receivedAtMillis()).isEqualTo(Samples.NOON));
      goOn.countDown();
      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(1));
      assertThat(runs.writes()).hasSize(2);
    }
  }

  @Test
  void aRunThatIsStoppedInTheMiddleOfItsWorkHandsItsWakeUpOnToItsNextLife() {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Story.Body body =
        (_, step) ->
            step.run(
                "a",
                () -> {
                  begun.countDown();
                  goOn.await();
                  return executed("a");
                });
    try (var runs = new RunFixture(body)) {
      runs.start();
      await().until(() -> begun.getCount() == 0);

      runs.stop();

      await()
          .untilAsserted(() ->
              assertThat(runs.handedOn)
                  .singleElement()
                  .isInstanceOfSatisfying(
                      RunEntity.WakeUp.class, wakeUp -> assertThat(wakeUp.token()).isEqualTo(1)));
      goOn.countDown();
    }
  }

  @Test
  void whoAsksForARunThatHasJustBegunSeesWhatIsStored() {
    var goOn = new CountDownLatch(1);
    Story.Body body =
        (_, step) ->
            step.run(
                "a",
                () -> {
                  goOn.await();
                  return executed("a");
                });
    try (var runs = new RunFixture(body)) {
      var source = runs.start();

      assertThat(runs.view().orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
      assertThat(runs.writes()).hasSize(1);
      goOn.countDown();
      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(1));
    }
  }

  /** Whatever is stored counts, and whatever is not may happen again: once. */
  @ParameterizedTest
  @CsvSource({
    "1, FAILS_BEFORE, 2, 1, 1",
    "1, FAILS_AFTER, 1, 1, 1",
    "2, FAILS_BEFORE, 1, 2, 1",
    "2, FAILS_AFTER, 1, 1, 1",
    "3, FAILS_BEFORE, 1, 1, 2",
    "3, FAILS_AFTER, 1, 1, 1"
  })
  void aRunWhoseJournalFailsGoesOnWhenItIsWokenAgain(int write, Fate fate, int a, int b, int c) {
    try (var runs = new RunFixture(threeSteps)) {
      runs.journal().failAt(write, fate);
      var source = runs.start();
      await().until(() -> runs.journal().writes().size() >= write);
      source.expectNoMessage(SHORTLY);

      runs.start();

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(1));
      assertThat(runs.view().orElseThrow().status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(executions).containsExactlyInAnyOrderEntriesOf(Map.of("a", a, "b", b, "c", c));
      assertThat(runs.row().orElseThrow().status()).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void aParkedRunLeavesMemoryAndGoesOnWhereItWas() {
    try (var runs = new RunFixture(napping(Duration.ofHours(1)))) {
      runs.live();
      assertThat(runs.row().orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
      assertThat(runs.launches).hasValue(1);

      runs.time.advance(Duration.ofHours(1));
      var source = runs.ring(2);

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(2));
      assertThat(runs.launches).hasValue(2);
      assertThat(executions).containsOnly(Map.entry("before", 1), Map.entry("after", 1));
    }
  }

  @Test
  void aShortPauseKeepsTheThreadAndCostsNoTimer() {
    try (var runs = new RunFixture(napping(Duration.ofSeconds(10)))) {
      var source = runs.start();
      await().until(() -> runs.time.hasAlarmUntil(runs.time.instant().plusSeconds(10)));
      source.expectNoMessage(SHORTLY);

      runs.time.advance(Duration.ofSeconds(10));

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(1));
      assertThat(runs.launches).hasValue(1);
      assertThat(runs.timersSet()).isEmpty();
    }
  }

  @Test
  void aWakeUpIsSettledOnceEverythingThatFollowsIsStoredAndNoSooner() {
    try (var runs = new RunFixture(napping(Duration.ofHours(1)))) {
      runs.answering = false;
      var source = runs.start();
      await().until(() -> !runs.timersSet().isEmpty());
      source.expectNoMessage(SHORTLY);

      runs.answerAll();

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(1));
    }
  }

  @Test
  void whatIsNotAnsweredIsAskedForAgainWhenTheWakeUpIs() {
    try (var runs = new RunFixture(napping(Duration.ofHours(1)))) {
      runs.answering = false;
      runs.start();
      await().until(() -> runs.timersSet().size() == 1);

      runs.start();

      await().until(() -> runs.timersSet().size() == 2);
      assertThat(runs.timersSet().getFirst().timer()).isEqualTo(runs.timersSet().getLast().timer());
    }
  }

  @Test
  void aWakeUpThatComesAgainAfterACrashSettlesAgain() {
    try (var runs = new RunFixture(threeSteps)) {
      runs.live();

      var source = runs.wake(2, new RunCommand.Start("story", Samples.PLACED));

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(2));
      assertThat(executions).containsOnly(Map.entry("a", 1), Map.entry("b", 1), Map.entry("c", 1));
    }
  }

  @Test
  void aRunThatTheStoreKnowsToBeNewIsNotLookedFor() {
    try (var runs = new RunFixture(threeSteps)) {
      runs.live();
      assertThat(runs.journal().reads()).isZero();
    }
  }

  @Test
  void aSecondStartOverwritesNothingAndExecutesNothing() {
    try (var runs = new RunFixture(threeSteps)) {
      runs.wake(1, new RunCommand.Start("story", Samples.PLACED)).receiveMessage();
      var written = runs.writes();

      var source = runs.wake(2, new RunCommand.Start("story", Samples.PLACED));

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(2));
      assertThat(runs.writes()).isEqualTo(written);
      assertThat(executions).containsOnly(Map.entry("a", 1), Map.entry("b", 1), Map.entry("c", 1));
      assertThat(runs.output()).contains(Json.of("\"a1b1c1\""));
    }
  }

  @Test
  void aTimerThatIsEarlyDoesNotStrandTheRun() {
    try (var runs = new RunFixture(Duration.ZERO, napping(Duration.ofHours(1)))) {
      runs.live();
      runs.time.advance(Duration.ofMinutes(50));

      var source = runs.ring(2);
      source.expectNoMessage(SHORTLY);
      runs.time.advance(Duration.ofMinutes(10));

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(2));
      assertThat(runs.view().orElseThrow().status()).isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void anEarlyTimerOfARetryDoesNotStrandTheRunEither() {
    Story.Body body =
        (_, _) -> {
          if (executed("code").equals("code1")) {
            throw new IllegalStateException("once");
          }
          return "";
        };
    try (var runs = new RunFixture(Duration.ZERO, body)) {
      runs.live();

      var source = runs.ring(2);
      source.expectNoMessage(SHORTLY);
      runs.time.advance(Duration.ofMinutes(1));

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(2));
      assertThat(executions).containsOnly(Map.entry("code", 2));
    }
  }

  @Test
  void aTimerThatHasDoneItsWorkIsSettledAtOnceThoughTheNextIsNotDueYet() {
    Story.Body body =
        (_, step) -> {
          throw new IllegalStateException(executed("code"));
        };
    try (var runs = new RunFixture(Duration.ZERO, body)) {
      runs.live();
      var first = runs.timersSet().getLast().timer();
      runs.time.advance(Duration.ofMinutes(1));
      assertThat(runs.ring(2).receiveMessage()).isEqualTo(new Answer.Settled(2));
      assertThat(executions).containsOnly(Map.entry("code", 2));

      var source = runs.ring(3, first);

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(3));
      assertThat(runs.timersSet().getLast().timer().dueAtMillis())
          .isGreaterThan(runs.time.millis());
    }
  }

  @Test
  void aWakeUpForARunThatIsNotThereHasSettled() {
    try (var runs = new RunFixture(threeSteps)) {
      assertThat(runs.wake(7, new RunCommand.Due("nap", Samples.NOON)).receiveMessage())
          .isEqualTo(new Answer.Settled(7));
      assertThat(runs.view()).isEmpty();
      assertThat(runs.writes()).isEmpty();
    }
  }

  @Test
  void aRunCanBeLookedAtWhateverItDoes() {
    try (var runs = new RunFixture(napping(Duration.ofHours(1)))) {
      assertThat(runs.view()).isEmpty();
      runs.live();
      for (var i = 0; i < 20; i++) {
        assertThat(runs.view().orElseThrow().steps()).hasSize(2);
      }
      assertThat(runs.launches).hasValue(1);
    }
  }

  private Story.Body napping(Duration duration) {
    return (_, step) -> {
      step.run("before", () -> executed("before"));
      step.sleep("nap", duration);
      return step.run("after", () -> executed("after"));
    };
  }

  private String executed(String step) {
    return step + executions.merge(step, 1, Integer::sum);
  }
}
