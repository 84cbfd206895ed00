package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView.Phase;
import dev.stepwell.testkit.TestEngine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignalTest {

  record Verdict(boolean good) {}

  private static final Story LISTENS =
      Story.of((go, step) ->
          step.waitForSignal("verdict", "about-" + go.text(), Verdict.class, Duration.ofDays(1))
              .map(verdict -> verdict.good() ? "good" : "bad")
              .orElse("nothing"));

  @Test
  void aSignalReachesTheRunThatWaitsForIt() {
    try (var engine = TestEngine.with(LISTENS)) {
      var runs = engine.sendAll(new Go("a"), new Go("b"));

      assertThat(engine.signal("about-b", new Verdict(true))).contains(runs.get(1));
      assertThat(runs.get(1).outcome(String.class)).isEqualTo("good");
      assertThat(runs.get(0).status()).isEqualTo(RunStatus.RUNNING);
    }
  }

  @Test
  void aSignalThatNobodyWaitsForReachesNobody() {
    try (var engine = TestEngine.with(LISTENS)) {
      assertThat(engine.signal("about-a", new Verdict(true))).isEmpty();
      var run = engine.send(new Go("a"));

      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
    }
  }

  @Test
  void aSecondSignalFindsNobody() {
    try (var engine = TestEngine.with(LISTENS)) {
      var run = engine.send(new Go("a"));
      engine.signal("about-a", new Verdict(false));

      assertThat(engine.signal("about-a", new Verdict(true))).isEmpty();
      assertThat(run.outcome(String.class)).isEqualTo("bad");
    }
  }

  @Test
  void aCrashWhileItWaitsLosesNoSignal() {
    try (var engine = TestEngine.with(LISTENS)) {
      var run = engine.send(new Go("a"));
      engine.crash();
      engine.signal("about-a", new Verdict(true));

      assertThat(run.outcome(String.class)).isEqualTo("good");
    }
  }

  @Test
  void aWaitForASignalEndsEmptyWhenItsTimeIsUp() {
    try (var engine = TestEngine.with(LISTENS)) {
      var run = engine.send(new Go("a"));
      engine.advance(Duration.ofDays(1));

      assertThat(run.outcome(String.class)).isEqualTo("nothing");
      assertThat(engine.signal("about-a", new Verdict(true))).isEmpty();
    }
  }

  @Test
  void ofTwoRunsThatWaitForOneSignalTheSecondIsToldSo() {
    try (var engine = TestEngine.with(LISTENS)) {
      var first = engine.send(new Go("a"));
      var second = engine.send(new Go("a"));

      assertThat(second.status()).isEqualTo(RunStatus.FAILED);
      assertThat(second.step("verdict").phase()).isEqualTo(Phase.FAILED);
      engine.signal("about-a", new Verdict(true));
      assertThat(first.outcome(String.class)).isEqualTo("good");
    }
  }
}
