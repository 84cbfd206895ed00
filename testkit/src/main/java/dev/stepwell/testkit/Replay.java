package dev.stepwell.testkit;

import dev.stepwell.engine.execution.JavaFunctions;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.wire.Json;

/** Runs a function again on what one of its runs has recorded, and compares. */
final class Replay {

  /** What the engine calls a run that has taken too many steps; its last step is not recorded. */
  private static final String TOO_MANY_STEPS = "InngestErrFunctionOverflowed";

  private final RunView run;
  private final RecordedSteps steps;

  private Replay(RunView run, JavaFunctions functions) {
    this.run = run;
    this.steps = new RecordedSteps(run, functions);
  }

  /**
   * Runs the code of {@code run}'s function, but none of its steps'.
   *
   * @throws AssertionError at the first thing that is not as recorded
   */
  static void of(RunView run, JavaFunctions functions) {
    new Replay(run, functions).compare(functions);
  }

  private void compare(JavaFunctions functions) {
    Json output;
    try {
      output = functions.run(run.function(), run.event(), steps);
    } catch (RecordedSteps.EndOfRecord _) {
      compareEnd();
      return;
    } catch (Exception thrown) {
      compareFailure(thrown);
      return;
    }
    steps.requireAllVisited("the code returned,");
    if (run.status() == RunStatus.FAILED) {
      throw steps.differs("the code returned " + output + ", but the run had failed");
    }
    if (run.output().isPresent() && !run.output().get().equals(output)) {
      throw steps.differs(
          "the code returned " + output + ", but the run had returned " + run.output().get());
    }
  }

  /** The code came to where the record ends. */
  private void compareEnd() {
    steps.requireAllVisited("the code waits,");
    switch (run.status()) {
      case RUNNING, CANCELLED -> {}
      case COMPLETED -> throw steps.goesOn("the run had completed");
      case FAILED -> {
        if (!failedBy(TOO_MANY_STEPS)) {
          throw steps.goesOn("the run had failed");
        }
      }
    }
  }

  private void compareFailure(Exception thrown) {
    steps.requireAllVisited("the code threw " + thrown + ",");
    switch (run.status()) {
      case RUNNING, CANCELLED -> {}
      case COMPLETED ->
          throw steps.differs("the code threw " + thrown + ", but the run had completed");
      case FAILED -> {
        if (!failedBy(thrown.getClass().getName())) {
          throw steps.differs(
              "the code threw " + thrown + ", but the run had failed with " + failure());
        }
      }
    }
  }

  private boolean failedBy(String name) {
    return run.failure().filter(failure -> failure.name().equals(name)).isPresent();
  }

  private String failure() {
    return run.failure().map(why -> why.name() + ": " + why.message()).orElse("nothing");
  }
}
