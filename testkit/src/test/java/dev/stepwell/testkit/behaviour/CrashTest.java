package dev.stepwell.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.testkit.TestEngine;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process ends at every write to its store, and around every step's code. */
@Execution(ExecutionMode.CONCURRENT)
class CrashTest {

  private static final int MORE_THAN_ANY_SHAPE_WRITES = 300;

  @ParameterizedTest
  @EnumSource
  void aCrashBeforeAnyWriteChangesNothing(Shape shape) {
    atEachWriteOf(shape, (engine, write) -> engine.crashBeforeWrite(write), "before write ");
  }

  @ParameterizedTest
  @EnumSource
  void aCrashAfterAnyWriteChangesNothing(Shape shape) {
    atEachWriteOf(shape, (engine, write) -> engine.crashAfterWrite(write), "after write ");
  }

  private interface Arm {
    void at(TestEngine engine, int write);
  }

  private static void atEachWriteOf(Shape shape, Arm arm, String where) {
    for (var write = 1; write < MORE_THAN_ANY_SHAPE_WRITES; write++) {
      try (var engine = TestEngine.with(shape.functions())) {
        arm.at(engine, write);
        var before = engine.writes();
        var outcome = shape.play(engine);

        assertThat(outcome).as(where + write).isEqualTo(shape.outcome());
        assertThat(executions(engine, shape))
            .as("executions, crash " + where + write)
            .isBetween(shape.executions(), shape.executions() + shape.inFlightMax());
        if (engine.writes() - before < write) {
          return;
        }
      }
    }
    throw new AssertionError(shape + " has no end");
  }

  private static int executions(TestEngine engine, Shape shape) {
    return shape.steps().stream().mapToInt(engine::executions).sum();
  }

  @ParameterizedTest
  @EnumSource
  void aStepBeforeWhichTheCrashComesIsExecutedOnce(Shape shape) {
    for (var step : shape.steps()) {
      try (var engine = TestEngine.with(shape.functions())) {
        engine.crashBefore(step);

        assertThat(shape.play(engine)).as("before " + step).isEqualTo(shape.outcome());
        assertThat(executions(engine, shape))
            .as("executions, crash before " + step)
            .isBetween(shape.executions(), shape.executions() + shape.inFlightMax() - 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStepBehindWhichTheCrashComesIsExecutedTwiceAndNoneThatIsStored(Shape shape) {
    for (var step : shape.steps()) {
      try (var engine = TestEngine.with(shape.functions())) {
        engine.crashAfter(step);

        assertThat(shape.play(engine)).as("after " + step).isEqualTo(shape.outcome());
        assertThat(executions(engine, shape))
            .as("executions, crash after " + step)
            .isBetween(shape.executions() + 1, shape.executions() + shape.inFlightMax());
      }
    }
  }
}
