package dev.stepwell.engine.run;

import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Message;

/** How a run has ended. */
public sealed interface Outcome extends Message {

  RunStatus status();

  record Completed(Json output) implements Outcome {
    @Override
    public RunStatus status() {
      return RunStatus.COMPLETED;
    }
  }

  record Failed(Failure failure) implements Outcome {
    @Override
    public RunStatus status() {
      return RunStatus.FAILED;
    }
  }

  record Cancelled(String reason) implements Outcome {
    public Cancelled {
      reason = Bytes.kept(reason);
    }

    @Override
    public RunStatus status() {
      return RunStatus.CANCELLED;
    }
  }
}
