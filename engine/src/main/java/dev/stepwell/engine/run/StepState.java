package dev.stepwell.engine.run;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;

/** Where a step stands. */
public sealed interface StepState {

  /** Its place among the run's steps, from 0, in the order in which they were first recorded. */
  int order();

  long startedAtMillis();

  /** A step that code need not come back to: its memo. */
  sealed interface Done extends StepState {
    long endedAtMillis();
  }

  /** A step that something has yet to happen to. */
  sealed interface Pending extends StepState {
    /** When it goes on at the latest: tried again, over, timed out. */
    long untilMillis();
  }

  record Succeeded(int order, long startedAtMillis, Json result, int attempts, long endedAtMillis)
      implements Done {}

  record Failed(int order, long startedAtMillis, Failure failure, int attempts, long endedAtMillis)
      implements Done {}

  /** To be executed by a call of its own, which may be under way. */
  record Planned(int order, long startedAtMillis) implements Pending {
    @Override
    public long untilMillis() {
      return startedAtMillis;
    }
  }

  /**
   * Between two attempts.
   *
   * @param planned whether it is executed by calls of its own
   */
  record Retrying(
      int order,
      long startedAtMillis,
      Failure failure,
      int attempts,
      long untilMillis,
      boolean planned)
      implements Pending {}

  record Sleeping(int order, long startedAtMillis, long untilMillis) implements Pending {}

  record Waiting(int order, RunFact.WaitStarted begun) implements Pending {
    @Override
    public long startedAtMillis() {
      return begun.atMillis();
    }

    @Override
    public long untilMillis() {
      return begun.untilMillis();
    }
  }

  record Matched(int order, RunFact.WaitStarted begun, Event event, long endedAtMillis)
      implements Done {
    @Override
    public long startedAtMillis() {
      return begun.atMillis();
    }
  }

  record TimedOut(int order, RunFact.WaitStarted begun, long endedAtMillis) implements Done {
    @Override
    public long startedAtMillis() {
      return begun.atMillis();
    }
  }

  /** A wait that never began. */
  record Refused(int order, RunFact.WaitStarted begun, Failure failure, long endedAtMillis)
      implements Done {
    @Override
    public long startedAtMillis() {
      return begun.atMillis();
    }
  }

  record Invoking(int order, RunFact.InvokeStarted invoke) implements Pending {
    @Override
    public long startedAtMillis() {
      return invoke.atMillis();
    }

    @Override
    public long untilMillis() {
      return invoke.untilMillis();
    }
  }

  record Invoked(int order, RunFact.InvokeStarted invoke, Outcome outcome, long endedAtMillis)
      implements Done {
    @Override
    public long startedAtMillis() {
      return invoke.atMillis();
    }
  }

  /** Whether code that stopped at this step can go on at {@code nowMillis}. */
  default boolean ready(long nowMillis) {
    return switch (this) {
      case Done _, Planned _ -> true;
      case Retrying retrying -> retrying.untilMillis() <= nowMillis;
      case Sleeping sleeping -> sleeping.untilMillis() <= nowMillis;
      case Waiting _, Invoking _ -> false;
    };
  }
}
