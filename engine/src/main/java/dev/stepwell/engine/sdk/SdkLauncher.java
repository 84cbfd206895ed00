package dev.stepwell.engine.sdk;

import dev.stepwell.engine.function.Definition;
import dev.stepwell.engine.run.Execution;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.wire.Ulid;

/**
 * Executes functions wherever their code is: in an app, if they are registered so.
 *
 * @param local executes all others
 */
public record SdkLauncher(SdkSurroundings surroundings, Execution.Launcher local)
    implements Execution.Launcher {

  @Override
  public Execution launch(Ulid runId, Active state, Execution.Desk desk) {
    var definition = surroundings.catalog().get().find(state.function());
    return definition.flatMap(Definition::remote).isPresent()
        ? SdkExecution.launch(runId, state, desk, surroundings)
        : local.launch(runId, state, desk);
  }
}
