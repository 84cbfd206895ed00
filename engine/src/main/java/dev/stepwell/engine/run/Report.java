package dev.stepwell.engine.run;

import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;

/** What executing code tells its run. Names are steps; durations and instants are milliseconds. */
public sealed interface Report {

  /** The app has answered in this version of the protocol. */
  record Spoke(int version) implements Report {}

  /** A step is to be executed by a call of its own; see {@link RunFact.StepPlanned}. */
  record Planned(String step, boolean races) implements Report {}

  record Succeeded(String step, Json result, long startedAtMillis) implements Report {}

  record Threw(String step, Failure failure, Again again, long startedAtMillis) implements Report {}

  record Sleep(String step, long untilMillis) implements Report {}

  record Wait(String step, Awaited awaited, long lastsMillis, boolean looksBack)
      implements Report {}

  record Invoke(String step, String function, Json input, long lastsMillis) implements Report {}

  record Warn(String warning) implements Report {}

  /** The function has returned. */
  record Returned(Json output) implements Report {}

  /** The function's own code has thrown. */
  record Broke(Failure failure, Again again) implements Report {}

  /**
   * A call of the function's own code has failed; steps of it may be executing all the same. Else
   * like {@link Broke}.
   */
  record CallFailed(Failure failure, Again again) implements Report {}

  /** Whether the code has come to its end with it. */
  default boolean isLast() {
    return this instanceof Returned || this instanceof Broke;
  }

  /** Whether and when a failed attempt is worth another. */
  sealed interface Again {
    record ByRule() implements Again {}

    record Never() implements Again {}

    record After(long millis) implements Again {}
  }
}
