package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.testkit.TestEngine;
import dev.stepwell.testkit.TestSetup;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static Story ofSteps(int count) {
    return Story.of((_, step) ->
        IntStream.range(0, count)
            .mapToObj(i -> step.run("step-" + i, () -> "."))
            .collect(Collectors.joining()));
  }

  @Test
  void aRunMayTakeAsManyStepsAsAreAllowed() {
    try (var engine = TestSetup.of(ofSteps(10)).config("stepwell.engine.steps-max = 10").start()) {
      assertThat(engine.send(Go.GO).outcome(String.class)).isEqualTo("..........");
    }
  }

  @Test
  void aRunThatTakesOneMoreFailsAndKeepsWhatItHas() {
    try (var engine = TestSetup.of(ofSteps(11)).config("stepwell.engine.steps-max = 10").start()) {
      var run = engine.send(Go.GO);

      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
      assertThat(run.failure().message()).contains("step limit of 10 steps");
      assertThat(run.steps()).hasSize(10);
    }
  }

  @Test
  void aThousandStepsAreAllowedIfNobodySaysOtherwise() {
    try (var engine = TestEngine.with(ofSteps(1_000))) {
      assertThat(engine.send(Go.GO).outcome(String.class)).hasSize(1_000);
    }
  }

  @Test
  void aStepNameThatIsUsedTwiceFailsTheRunAndSaysSo() {
    var story =
        Story.of((_, step) -> step.run("same", () -> "1") + step.run("same", () -> "2")).retries(0);
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);

      assertThat(run.status()).isEqualTo(RunStatus.FAILED);
      assertThat(run.failure().message()).isEqualTo("step name 'same' is used twice in this run");
      assertThat(engine.executions("same")).isEqualTo(1);
    }
  }

  @Test
  void aStepInsideAStepFailsTheOuterOne() {
    var story =
        Story.of((_, step) -> step.run("outer", () -> step.run("inner", () -> "x"))).retries(0);
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);

      assertThat(run.step("outer").failure().orElseThrow().message())
          .contains("'inner' is begun inside another step");
      assertThat(engine.executions("inner")).isZero();
    }
  }

  @Test
  void aMalformedStepNameFailsTheRun() {
    var story = Story.of((_, step) -> step.run("no!", () -> "x")).retries(0);
    try (var engine = TestEngine.with(story)) {
      assertThat(engine.send(Go.GO).failure().message()).contains("malformed step name: 'no!'");
    }
  }

  @Test
  void aResultOfFourMegabytesIsKeptAndALargerOneIsNot() {
    var max = 4 * 1024 * 1024 - 2;
    var story =
        Story.of(
                (go, step) -> {
                  var text = step.run("much", () -> "x".repeat(Integer.parseInt(go.text())));
                  step.sleep("day", Duration.ofDays(1));
                  return String.valueOf(text.length());
                })
            .retries(0);
    try (var engine = TestEngine.with(story)) {
      var kept = engine.send(new Go(String.valueOf(max)));
      var refused = engine.send(new Go(String.valueOf(max + 1)));
      engine.crash();
      engine.advance(Duration.ofDays(1));

      assertThat(kept.outcome(String.class)).isEqualTo(String.valueOf(max));
      assertThat(refused.status()).isEqualTo(RunStatus.FAILED);
      assertThat(refused.failure().message()).contains("bytes; at most");
    }
  }
}
