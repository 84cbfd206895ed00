package dev.stepwell.engine.run;

import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;

/**
 * What has to happen outside the run once its facts are stored. Each may be repeated: what it makes
 * has an id made from run and step.
 */
sealed interface Effect {

  /** Rings while the run stays in memory: the run does not settle meanwhile. */
  record Alarm(String step, long dueAtMillis) implements Effect {}

  record SetTimer(String step, long dueAtMillis) implements Effect {}

  record CancelTimer(String step, long dueAtMillis) implements Effect {}

  record Register(RunFact.WaitStarted begun) implements Effect {}

  record Unregister(RunFact.WaitStarted begun) implements Effect {}

  /** Publishes an event of our own, for one function or for all that are subscribed. */
  record Publish(Event event, Audience audience) implements Effect {}

  record TellCaller(Ulid caller, String step, Outcome outcome) implements Effect {}

  record Enlist(RunIndex.Row row) implements Effect {}

  /** Who is to run for an event of our own. */
  sealed interface Audience {
    record Everybody() implements Audience {}

    record Only(String function) implements Audience {}
  }

  /** Whether the run waits for its answer before it settles. */
  default boolean answered() {
    return switch (this) {
      case SetTimer _, Register _, Publish _, TellCaller _, Enlist _ -> true;
      case Alarm _, CancelTimer _, Unregister _ -> false;
    };
  }
}
