package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.testkit.TestEngine;
import dev.stepwell.testkit.TestRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SleepTest {

  @ParameterizedTest
  @ValueSource(strings = {"PT0.001S", "PT1S", "PT9.999S", "PT10S", "PT10.001S", "PT1M", "P366D"})
  void aSleepIsNeverShorter(Duration duration) {
    var story =
        Story.of((_, step) -> {
          step.sleep("nap", duration);
          return "awake";
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      engine.advance(duration.minusMillis(1));
      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
      engine.advance(Duration.ofMillis(1));
      assertThat(run.outcome(String.class)).isEqualTo("awake");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT3S", "PT1H", "P30D"})
  void aCrashDoesNotPutItOff(Duration duration) {
    var story =
        Story.of((_, step) -> {
          step.sleep("nap", duration);
          return "awake";
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      for (var third = 0; third < 3; third++) {
        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        engine.crash();
        engine.advance(duration.dividedBy(3));
      }
      assertThat(run.outcome(String.class)).isEqualTo("awake");
    }
  }

  @Test
  void aSleepUntilAnInstantEndsThen() {
    var noon = Instant.parse("2026-05-01T12:00:00Z");
    var story =
        Story.of((_, step) -> {
          step.sleepUntil("noon", noon);
          return "awake";
        });
    try (var engine = TestEngine.with(story)) {
      var run = engine.send(Go.GO);
      engine.advanceTo(noon.minusMillis(1));
      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
      engine.advanceTo(noon);
      assertThat(run.outcome(String.class)).isEqualTo("awake");
    }
  }

  @Test
  void aSleepUntilAnInstantThatHasPassedEndsAtOnce() {
    var story =
        Story.of((_, step) -> {
          step.sleepUntil("past", Instant.parse("2020-01-01T00:00:00Z"));
          return "awake";
        });
    try (var engine = TestEngine.with(story)) {
      assertThat(engine.send(Go.GO).outcome(String.class)).isEqualTo("awake");
    }
  }

  @Test
  void runsWakeInTheOrderOfTheirInstants() {
    var order = new ArrayList<String>();
    var story =
        Story.of((go, step) -> {
          step.sleep("nap", Duration.ofMinutes(Long.parseLong(go.text())));
          return step.run(
              "note",
              () -> {
                order.add(go.text());
                return go.text();
              });
        });
    try (var engine = TestEngine.with(story)) {
      engine.sendAll(new Go("50"), new Go("3"), new Go("1"), new Go("200"), new Go("7"));
      engine.advance(Duration.ofDays(1));

      assertThat(order).containsExactly("1", "3", "7", "50", "200");
    }
  }

  @Test
  void aHundredRunsThatSleepToTheSameInstantAllWake() {
    var story =
        Story.of((_, step) -> {
          step.sleep("nap", Duration.ofDays(1));
          return "awake";
        });
    try (var engine = TestEngine.with(story)) {
      var runs =
          engine.sendAll(IntStream.range(0, 100).mapToObj(i -> new Go("" + i)).toArray(Go[]::new));
      engine.crash();
      engine.advance(Duration.ofDays(1));

      assertThat(runs).hasSize(100).extracting(TestRun::status).containsOnly(RunStatus.COMPLETED);
    }
  }
}
