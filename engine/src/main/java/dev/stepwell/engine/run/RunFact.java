package dev.stepwell.engine.run;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import java.util.OptionalLong;

/**
 * What has happened to a run. Kept for ever, so a record here is never edited: a change is a new
 * record beside the old one. All instants are Unix milliseconds.
 */
public sealed interface RunFact {

  long atMillis();

  record Started(String function, Event event, long atMillis) implements RunFact {}

  /** The app that has the function's code has answered in this version of the protocol. */
  record Spoken(int version, long atMillis) implements RunFact {}

  /**
   * A step has been found that is to be executed by a call of its own.
   *
   * @param races whether the function goes on as soon as any of its siblings is over
   */
  record StepPlanned(String step, boolean races, long atMillis) implements RunFact {}

  /**
   * A step's code has returned.
   *
   * @param startedAtMillis when its last attempt began
   */
  record StepSucceeded(String step, Json result, long startedAtMillis, long atMillis)
      implements RunFact {}

  /** A step's code has thrown, and will be tried again. */
  record StepAttemptFailed(
      String step, Failure failure, long retryAtMillis, long startedAtMillis, long atMillis)
      implements RunFact {}

  /** A step's code has thrown for the last time. */
  record StepFailed(String step, Failure failure, long startedAtMillis, long atMillis)
      implements RunFact {}

  /** The sleep is over when {@code untilMillis} has come; no fact says so. */
  record SleepStarted(String step, long untilMillis, long atMillis) implements RunFact {}

  /**
   * The run waits for an event or a signal.
   *
   * @param sinceMillis events accepted from here on count too
   */
  record WaitStarted(
      String step, Awaited awaited, long untilMillis, OptionalLong sinceMillis, long atMillis)
      implements RunFact {}

  record WaitMatched(String step, Event event, long atMillis) implements RunFact {}

  /** A wait has failed before it began. */
  record WaitRefused(String step, Failure failure, long atMillis) implements RunFact {}

  record WaitTimedOut(String step, long atMillis) implements RunFact {}

  /** Another function's run was asked for; its id follows from this run's id and the step. */
  record InvokeStarted(String step, String function, Json input, long untilMillis, long atMillis)
      implements RunFact {}

  record InvokeEnded(String step, Outcome outcome, long atMillis) implements RunFact {}

  /** The function's own code, outside steps, has thrown, and will be tried again. */
  record AttemptFailed(Failure failure, long retryAtMillis, long atMillis) implements RunFact {}

  /** Something an operator should know; the run goes on. */
  record Warned(String warning, long atMillis) implements RunFact {}

  record Ended(Outcome outcome, long atMillis) implements RunFact {}
}
