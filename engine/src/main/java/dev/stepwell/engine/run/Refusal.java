package dev.stepwell.engine.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.stepwell.engine.port.RunStatus;
import java.util.Locale;

/** Why a run would not do as asked. The caller was wrong or late; nothing is broken. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Refusal.NotFound.class, name = "not-found"),
  @JsonSubTypes.Type(value = Refusal.AlreadyEnded.class, name = "already-ended")
})
public sealed interface Refusal {

  /** Stable, for machines: HTTP problem type, metric label. */
  String code();

  /** One sentence, for people. */
  String detail();

  record NotFound() implements Refusal {
    @Override
    public String code() {
      return "run-not-found";
    }

    @Override
    public String detail() {
      return "There is no such run.";
    }
  }

  record AlreadyEnded(RunStatus status) implements Refusal {
    @Override
    public String code() {
      return "run-already-ended";
    }

    @Override
    public String detail() {
      return "The run has already ended: " + status.name().toLowerCase(Locale.ROOT) + ".";
    }
  }
}
