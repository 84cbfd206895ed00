package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.DurableFunction;
import dev.stepwell.EventName;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView.Phase;
import dev.stepwell.testkit.TestEngine;
import dev.stepwell.testkit.TestRun;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitTest {

  private static final Duration DAY = Duration.ofDays(1);

  /** Waits for an answer about what it was started with. */
  private static final Story ASKS =
      Story.of((go, step) ->
          step.waitFor("answer", Answer.class)
              .where(Answer::about)
              .is(go.text())
              .atMost(DAY)
              .map(answer -> "answer " + answer.number())
              .orElse("nothing"));

  @Test
  void anEventThatMatchesEndsTheWait() {
    try (var engine = TestEngine.with(ASKS)) {
      var run = engine.send(new Go("a"));
      engine.sendAll(new Answer("a", 7));

      assertThat(run.outcome(String.class)).isEqualTo("answer 7");
    }
  }

  @Test
  void onlyTheRunWhoseConditionHoldsGoesOn() {
    try (var engine = TestEngine.with(ASKS)) {
      var runs = engine.sendAll(new Go("a"), new Go("b"));
      engine.sendAll(new Answer("b", 7));

      assertThat(runs.get(0).status()).isEqualTo(RunStatus.RUNNING);
      assertThat(runs.get(1).outcome(String.class)).isEqualTo("answer 7");
    }
  }

  @Test
  void oneEventAnswersEveryRunThatWaitsForIt() {
    try (var engine = TestEngine.with(ASKS)) {
      var runs =
          engine.sendAll(IntStream.range(0, 50).mapToObj(_ -> new Go("a")).toArray(Go[]::new));
      engine.sendAll(new Answer("a", 7));

      assertThat(runs)
          .hasSize(50)
          .extracting(run -> run.outcome(String.class))
          .containsOnly("answer 7");
    }
  }

  @Test
  void aWaitEndsEmptyWhenItsTimeIsUpAndNotBefore() {
    try (var engine = TestEngine.with(ASKS)) {
      var run = engine.send(new Go("a"));
      engine.advance(DAY.minusMillis(1));
      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
      engine.advance(Duration.ofMillis(1));

      assertThat(run.outcome(String.class)).isEqualTo("nothing");
      assertThat(run.step("answer").phase()).isEqualTo(Phase.TIMED_OUT);
    }
  }

  @Test
  void anAnswerThatComesTooLateIsForNobody() {
    try (var engine = TestEngine.with(ASKS)) {
      var run = engine.send(new Go("a"));
      engine.advance(DAY);
      engine.sendAll(new Answer("a", 7));

      assertThat(run.outcome(String.class)).isEqualTo("nothing");
    }
  }

  @Test
  void anAnswerAtTheLastMillisecondCounts() {
    try (var engine = TestEngine.with(ASKS)) {
      var run = engine.send(new Go("a"));
      engine.advance(DAY.minusMillis(1));
      engine.sendAll(new Answer("a", 7));

      assertThat(run.outcome(String.class)).isEqualTo("answer 7");
    }
  }

  @Test
  void anAnswerThatCameBeforeTheQuestionCounts() {
    var story =
        Story.of((go, step) -> {
          step.sleep("hour", Duration.ofHours(1));
          return ASKS.body().tell(go, step);
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(new Go("a"));
      engine.advance(Duration.ofMinutes(30));
      engine.sendAll(new Answer("b", 6), new Answer("a", 7), new Answer("a", 8));
      engine.crash();
      engine.advance(Duration.ofMinutes(30));

      assertThat(run.outcome(String.class)).isEqualTo("answer 7");
    }
  }

  @Test
  void anAnswerFromBeforeTheRunDoesNotCount() {
    try (var engine = TestEngine.with(ASKS)) {
      engine.sendAll(new Answer("a", 7));
      engine.advance(Duration.ofSeconds(1));
      var run = engine.send(new Go("a"));

      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
    }
  }

  @Test
  void aCrashWhileItWaitsLosesNoAnswer() {
    try (var engine = TestEngine.with(ASKS)) {
      var run = engine.send(new Go("a"));
      engine.crash();
      engine.sendAll(new Answer("a", 7));

      assertThat(run.outcome(String.class)).isEqualTo("answer 7");
    }
  }

  @Test
  void eachEventAnswersAtMostOneWaitOfARun() {
    var story =
        Story.of((_, step) -> {
          var sum = 0;
          for (var i = 0; i < 3; i++) {
            sum = sum * 10 + number(step, "answer-" + i);
          }
          return String.valueOf(sum);
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      engine.sendAll(new Answer("a", 1));
      assertThat(run.step("answer-1").phase()).isEqualTo(Phase.WAITING);
      engine.sendAll(new Answer("a", 2));
      assertThat(run.step("answer-2").phase()).isEqualTo(Phase.WAITING);
      engine.sendAll(new Answer("a", 3));

      assertThat(run.outcome(String.class)).isEqualTo("123");
    }
  }

  @Test
  void answersThatAllCameEarlyAreTakenOneByOneInTheirOrder() {
    var story =
        Story.of((_, step) -> {
          step.sleep("hour", Duration.ofHours(1));
          var sum = 0;
          for (var i = 0; i < 3; i++) {
            sum = sum * 10 + number(step, "answer-" + i);
          }
          return String.valueOf(sum);
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      for (var i = 1; i <= 3; i++) {
        engine.advance(Duration.ofMinutes(1));
        engine.sendAll(new Answer("a", i));
      }
      engine.advance(Duration.ofHours(1));

      assertThat(run.outcome(String.class)).isEqualTo("123");
    }
  }

  private static int number(Steps step, String name) {
    return step.waitFor(name, Answer.class).atMost(DAY).map(Answer::number).orElse(0);
  }

  /** Waits for events of the very name that starts it. */
  static final class Pings implements DurableFunction<Pings.Ping, String> {
    @EventName("test/ping")
    record Ping(String text) {}

    @Override
    public FunctionSpec<Ping> spec() {
      return FunctionSpec.onEvent("pings", Ping.class);
    }

    @Override
    public String run(Ping ping, Steps step) {
      return step.waitFor("next", Ping.class).atMost(DAY).map(Ping::text).orElse("nothing");
    }
  }

  @Test
  void theEventThatStartedARunNeverAnswersIt() {
    try (var engine = TestEngine.with(new Pings())) {
      var first = engine.send(new Pings.Ping("1"));
      assertThat(first.status()).isEqualTo(RunStatus.RUNNING);
      engine.advance(Duration.ofSeconds(1));
      var second = engine.send(new Pings.Ping("2"));

      assertThat(first.outcome(String.class)).isEqualTo("2");
      assertThat(second.status()).isEqualTo(RunStatus.RUNNING);
    }
  }

  @Test
  void manyConditionsOnOneNameDoNotDisturbEachOther() {
    try (var engine = TestEngine.with(ASKS)) {
      var runs =
          engine.sendAll(IntStream.range(0, 200).mapToObj(i -> new Go("k" + i)).toArray(Go[]::new));
      engine.sendAll(
          IntStream.range(0, 200).mapToObj(i -> new Answer("k" + i, i)).toArray(Answer[]::new));

      assertThat(runs)
          .extracting(run -> run.outcome(String.class))
          .containsExactlyElementsOf(IntStream.range(0, 200).mapToObj(i -> "answer " + i).toList());
    }
  }

  @Test
  void aShortWaitKeepsItsThreadAndEndsOnTimeAllTheSame() {
    var story =
        Story.of((_, step) ->
            step.waitFor("answer", Answer.class)
                .atMost(Duration.ofSeconds(5))
                .map(answer -> "answer " + answer.number())
                .orElse("nothing"));
    try (var engine = TestEngine.with(story)) {
      TestRun patient = engine.send(Go.GO);
      engine.advance(Duration.ofSeconds(3));
      TestRun lucky = engine.send(Go.GO);
      engine.advance(Duration.ofSeconds(2));
      engine.sendAll(new Answer("x", 7));

      assertThat(patient.outcome(String.class)).isEqualTo("nothing");
      assertThat(lucky.outcome(String.class)).isEqualTo("answer 7");
    }
  }
}
