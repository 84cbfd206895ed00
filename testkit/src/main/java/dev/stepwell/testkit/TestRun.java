package dev.stepwell.testkit;

import dev.stepwell.engine.execution.JsonValues;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.run.RunView.StepView;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run, as it stands whenever it is asked. */
public final class TestRun {

  private final TestEngine engine;
  private final Ulid id;

  TestRun(TestEngine engine, Ulid id) {
    this.engine = engine;
    this.id = id;
  }

  public Ulid id() {
    return id;
  }

  /** All that the engine tells of it. */
  public RunView view() {
    return engine.view(id);
  }

  /** The name of its function. */
  public String function() {
    return view().function();
  }

  public RunStatus status() {
    return view().status();
  }

  /**
   * What it returned.
   *
   * @throws AssertionError if it has not completed
   */
  public <T extends @Nullable Object> T outcome(Class<T> type) {
    var view = view();
    return JsonValues.read(
        view.output().orElseThrow(() -> new AssertionError(RunText.notCompleted(view))), type);
  }

  /**
   * Why it failed or was cancelled.
   *
   * @throws AssertionError if it did neither
   */
  public Failure failure() {
    var view = view();
    if (!view.status().ended() || view.failure().isEmpty()) {
      throw new AssertionError("Not failed: " + RunText.of(view));
    }
    return view.failure().get();
  }

  /** Its steps, in the order in which they began to be recorded. */
  public List<StepView> steps() {
    return view().steps();
  }

  /**
   * One of its steps.
   *
   * @throws AssertionError if the run has not come to it
   */
  public StepView step(String name) {
    var view = view();
    return view.steps().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No step '" + name + "' in " + RunText.of(view)));
  }

  /** Ends it before its time; nothing happens if it has ended. */
  public void cancel(String reason) {
    engine.cancel(id, reason);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TestRun run && run.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "run " + id;
  }
}
