package dev.stepwell.engine.execution;

import dev.stepwell.engine.run.Execution;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.wire.Ulid;

/** Executes the Java functions of this node. */
public record JavaLauncher(JavaSurroundings surroundings) implements Execution.Launcher {

  @Override
  public Execution launch(Ulid runId, Active state, Execution.Desk desk) {
    return JavaExecution.launch(runId, state, desk, surroundings);
  }
}
