package dev.stepwell.engine.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Message;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;

/** What a run can be asked to do. Plain data: who asked is the entity's business, not the run's. */
public sealed interface RunCommand {

  /** The commands that wake a run up: each is repeated by its source until the run has settled. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Start.class, name = "start"),
    @JsonSubTypes.Type(value = Due.class, name = "due"),
    @JsonSubTypes.Type(value = Match.class, name = "match"),
    @JsonSubTypes.Type(value = InvokeEnd.class, name = "invoke-end")
  })
  sealed interface WakeUp extends RunCommand, Message {}

  /** The run's event. */
  record Start(String function, Event event) implements WakeUp {}

  /**
   * A timer of the run is due.
   *
   * @param step which one: a step's name, {@link #OWN_CODE} or {@link #GUARD}
   * @param dueAtMillis what it was set for; by the run's clock that may be yet to come
   */
  record Due(String step, long dueAtMillis) implements WakeUp {
    /** The function's own code is to be tried again. No step has this name. */
    public static final String OWN_CODE = "";

    /** What follows from a cancellation is to be made sure of. No step has this name. */
    public static final String GUARD = "!";
  }

  record Match(String step, Event event) implements WakeUp {}

  /** The run that {@code step} invoked has ended. */
  record InvokeEnd(String step, Outcome outcome) implements WakeUp {}

  /** The signal that {@code step} is to wait for is waited for by another run already. */
  record Refuse(String step, Ulid ahead) implements RunCommand {}

  /** Whoever keeps the waits has looked, and has no event for {@code step}. */
  record Unmatched(String step) implements RunCommand {}

  /** From the code that executes. */
  record Progress(List<Report> reports) implements RunCommand {}

  record Cancel(String reason) implements RunCommand {}
}
