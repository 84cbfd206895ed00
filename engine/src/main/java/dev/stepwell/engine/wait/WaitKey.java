package dev.stepwell.engine.wait;

import dev.stepwell.engine.port.EventIndex;
import java.util.Optional;

/**
 * What a wait is found by.
 *
 * @param event the event's name
 * @param path empty if the wait is for any event of that name
 * @param value as {@link MatchValues} writes it; empty if {@code path} is
 */
public record WaitKey(String event, String path, String value) {

  /** The event name of waits for signals. Only {@link Waits.Signal} reaches them. */
  public static final String SIGNAL_EVENT = "inngest/signal";

  private static final String SIGNAL_PATH = "signal";

  public static WaitKey of(String event, Optional<EventIndex.Match> match) {
    return match
        .map(equality -> new WaitKey(event, equality.path(), equality.value()))
        .orElseGet(() -> new WaitKey(event, "", ""));
  }

  /** The key of the waits for a signal. */
  public static WaitKey ofSignal(String signal) {
    return of(SIGNAL_EVENT, Optional.of(signalMatch(signal)));
  }

  /** With {@link #SIGNAL_EVENT} as its event, this makes a wait one for {@code signal}. */
  public static EventIndex.Match signalMatch(String signal) {
    return new EventIndex.Match(SIGNAL_PATH, MatchValues.canonical(signal));
  }

  /** The partition of {@link Waits} that keeps waits of this key; the same on every node. */
  public int partition(int partitions) {
    var hash = (event.hashCode() * 31L + path.hashCode()) * 31L + value.hashCode();
    var mixed = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
    return Math.floorMod((int) (mixed >>> 32), partitions);
  }
}
