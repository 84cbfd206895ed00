package dev.stepwell.engine.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Message;

/** How a run has ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Outcome.Completed.class, name = "completed"),
  @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Outcome.Cancelled.class, name = "cancelled")
})
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
