package dev.stepwell.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.DurableFunction;
import dev.stepwell.EventName;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import dev.stepwell.engine.port.RunStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TestEngineTest {

  @EventName("test/count")
  record Count(int from) {}

  record Counted(int to) {}

  /** Two steps with a week between them. */
  static final class Counts implements DurableFunction<Count, Counted> {
    @Override
    public FunctionSpec<Count> spec() {
      return FunctionSpec.onEvent("counts", Count.class);
    }

    @Override
    public Counted run(Count count, Steps step) {
      var one = step.run("one", () -> count.from() + 1);
      step.sleep("week", Duration.ofDays(7));
      return new Counted(step.run("two", () -> one + 1));
    }
  }

  @Test
  void theClockStandsStillUntilItIsTurned() {
    try (var engine = TestEngine.with(new Counts())) {
      var run = engine.send(new Count(1));
      engine.advance(Duration.ofDays(7).minusMillis(1));
      assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
      engine.advance(Duration.ofMillis(1));
      assertThat(run.outcome(Counted.class)).isEqualTo(new Counted(3));
    }
  }

  @Test
  void aCrashForgetsNothingThatWasStored() {
    try (var engine = TestEngine.with(new Counts())) {
      var run = engine.send(new Count(1));
      engine.crash();
      engine.advance(Duration.ofDays(7));
      assertThat(run.outcome(Counted.class)).isEqualTo(new Counted(3));
      assertThat(engine.executions("one")).isEqualTo(1);
    }
  }

  @Test
  void aStepThatTheCrashComesBeforeIsExecutedOnce() {
    try (var engine = TestEngine.with(new Counts())) {
      engine.crashBefore("one");
      var run = engine.send(new Count(1));
      assertThat(run.step("one").attempts()).isEqualTo(1);
      assertThat(engine.executions("one")).isEqualTo(1);
    }
  }

  @Test
  void aStepWhoseResultWasNotStoredIsExecutedAgain() {
    try (var engine = TestEngine.with(new Counts())) {
      engine.crashAfter("one");
      var run = engine.send(new Count(1));
      engine.advance(Duration.ofDays(7));
      assertThat(run.outcome(Counted.class)).isEqualTo(new Counted(3));
      assertThat(engine.executions("one")).isEqualTo(2);
      assertThat(engine.executions("two")).isEqualTo(1);
    }
  }

  @Test
  void aFakeIsPerformedInPlaceOfTheStep() {
    try (var engine = TestEngine.with(new Counts())) {
      engine.fake("one", () -> 41);
      var run = engine.send(new Count(1));
      engine.advance(Duration.ofDays(7));
      assertThat(run.outcome(Counted.class)).isEqualTo(new Counted(42));
    }
  }

  @Test
  void anEventThatNobodyListensToIsNotOneRun() {
    try (var engine = TestEngine.with()) {
      assertThatThrownBy(() -> engine.send(new Count(1)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("test/count started no run");
    }
  }

  @Test
  void whatARunDoesIsToldWhenItHasNotCompleted() {
    try (var engine = TestEngine.with(new Counts())) {
      var run = engine.send(new Count(1));
      assertThatThrownBy(() -> run.outcome(Counted.class))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("SLEEPING SLEEP week until 2026-01-08T00:00:00Z");
    }
  }
}
