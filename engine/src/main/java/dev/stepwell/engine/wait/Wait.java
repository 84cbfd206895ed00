package dev.stepwell.engine.wait;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.wire.Ulid;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run's subscription to a future event, with an end.
 *
 * @param step that waits; a run waits once in each of its steps
 * @param event the name of the event
 * @param match what the event's data must hold; the value as {@link MatchValues} writes it
 * @param untilMillis an event accepted at this instant or later comes too late
 * @param sinceMillis look back: an event accepted at this instant or later counts, also if it was
 *     before the wait was registered; one from before it never does
 * @param trigger the event that started the run: never matches
 */
public record Wait(
    Ulid run,
    String step,
    String event,
    Optional<EventIndex.Match> match,
    long untilMillis,
    OptionalLong sinceMillis,
    Ulid trigger) {

  /** What names a wait. */
  public record Id(Ulid run, String step) {}

  public Id id() {
    return new Id(run, step);
  }

  /** Where the wait is kept and found. */
  public WaitKey key() {
    return WaitKey.of(event, match);
  }

  /** Whether the wait is for a signal: no event that anybody sends can match it. */
  public boolean forSignal() {
    return event.equals(WaitKey.SIGNAL_EVENT);
  }
}
