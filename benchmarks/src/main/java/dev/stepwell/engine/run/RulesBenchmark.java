package dev.stepwell.engine.run;

import dev.stepwell.benchmarks.micro.Things;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a run decides when a step has succeeded, and becomes. In this package to see the rules. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RulesBenchmark {

  private static final RunPolicy POLICY = new RunPolicy(4, 0, 10_000, 0);

  /** Steps that the run has behind it. */
  @Param({"1", "100"})
  public int steps;

  private final RunCommand.Progress progress =
      new RunCommand.Progress(
          List.of(new Report.Succeeded("next", Things.RESULT, Things.NOW_MILLIS)));

  private RunState state = RunState.ABSENT;

  @Setup
  public void live() {
    state =
        RunState.ABSENT.apply(new RunFact.Started("three-steps", Things.EVENT, Things.NOW_MILLIS));
    for (var i = 0; i < steps; i++) {
      state = state.apply(Things.succeeded("step-" + i));
    }
  }

  @Benchmark
  public Decision decide() {
    return RunRules.decide(state, progress, POLICY, Things.NOW_MILLIS, 0.5);
  }

  @Benchmark
  public RunState apply() {
    return state.apply(Things.succeeded("next"));
  }
}
