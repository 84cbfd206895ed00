package dev.stepwell.engine.run;

import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Message;
import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as people look at it.
 *
 * @param event what started it
 * @param output what it returned, if it completed
 * @param failure why it failed, or why the latest attempt of the function's own code did
 * @param attempts of the function's own code since its last step, the current one included
 * @param retryAt when the function's own code is tried again, after a failed attempt
 * @param steps in the order in which they began
 * @param warnings what an operator should know, such as code that changed under the run
 */
public record RunView(
    Ulid id,
    String function,
    RunStatus status,
    Event event,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<Json> output,
    Optional<Failure> failure,
    int attempts,
    Optional<Instant> retryAt,
    List<StepView> steps,
    List<String> warnings)
    implements Message {

  /** The same, but with these steps. */
  RunView withSteps(List<StepView> others) {
    return new RunView(
        id, function, status, event, startedAt, endedAt, output, failure, attempts, retryAt, others,
        warnings);
  }

  /** What a step does. */
  public enum Kind {
    RUN,
    SLEEP,
    WAIT,
    SIGNAL,
    INVOKE
  }

  /** Where a step stands. */
  public enum Phase {
    /** To be executed, or at it. */
    PLANNED,
    /** Between two attempts. */
    RETRYING,
    SLEEPING,
    /** For an event, a signal or another run. */
    WAITING,
    COMPLETED,
    /** Nobody came in time. */
    TIMED_OUT,
    FAILED
  }

  /**
   * A step.
   *
   * @param attempts made so far
   * @param output its result, the matched event's data, or the other run's output
   * @param failure of its last attempt
   * @param until when it sleeps or waits, or is tried again, until then
   * @param waitsFor an event with its condition, a signal, or another run's id
   */
  public record StepView(
      String name,
      Kind kind,
      Phase phase,
      int attempts,
      Instant startedAt,
      Optional<Instant> endedAt,
      Optional<Json> output,
      Optional<Failure> failure,
      Optional<Instant> until,
      Optional<String> waitsFor) {}
}
