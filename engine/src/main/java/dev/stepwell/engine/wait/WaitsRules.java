package dev.stepwell.engine.wait;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Which waits an event matches, and which are over. */
final class WaitsRules {

  /** A wait is kept this long after its end, for its run's timer and events on their way. */
  static final long GRACE_MILLIS = 60_000;

  private WaitsRules() {}

  /**
   * The waits that an event matches: those of the same run together, oldest registration first, and
   * the runs in the order of their oldest such wait.
   */
  static Collection<List<Wait>> matching(WaitsState state, Event event) {
    var paths = state.paths(event.name());
    if (paths.isEmpty() || event.name().equals(WaitKey.SIGNAL_EVENT)) {
      return List.of();
    }
    var byNumber = new TreeMap<Long, Wait>(state.waiting(new WaitKey(event.name(), "", "")));
    for (var match : MatchValues.of(paths).in(event.data())) {
      byNumber.putAll(state.waiting(new WaitKey(event.name(), match.path(), match.value())));
    }
    var byRun = new LinkedHashMap<Ulid, List<Wait>>();
    for (var wait : byNumber.values()) {
      if (isFor(wait, event)) {
        byRun.computeIfAbsent(wait.run(), _ -> new ArrayList<>(1)).add(wait);
      }
    }
    return byRun.values();
  }

  /**
   * Whether an event, whose name and value are right, may answer the wait. An event that a crash
   * kept from being settled is offered again, then to waits of runs too that began after it: so
   * none is taken from before the instant to which a wait looks back.
   */
  static boolean isFor(Wait wait, Event event) {
    return !event.id().equals(wait.trigger())
        && event.receivedAtMillis() < wait.untilMillis()
        && event.receivedAtMillis() >= wait.sinceMillis().orElse(Long.MIN_VALUE);
  }

  /** The waits for a signal, oldest first. */
  static List<Wait> signalled(WaitsState state, String signal) {
    return List.copyOf(state.waiting(WaitKey.ofSignal(signal)).values());
  }

  /** The run that gets a signal before this wait's run does; empty for any other wait. */
  static Optional<Ulid> signalRunAhead(WaitsState state, Wait wait) {
    if (!wait.forSignal()) {
      return Optional.empty();
    }
    return state.waiting(wait.key()).values().stream()
        .map(Wait::run)
        .takeWhile(run -> !run.equals(wait.run()))
        .findFirst();
  }

  /** Waits that ended more than {@link #GRACE_MILLIS} ago, oldest end first. */
  static List<Wait.Id> expired(WaitsState state, long nowMillis, int limit) {
    return state.ends().stream()
        .takeWhile(end -> end.atMillis() + GRACE_MILLIS <= nowMillis)
        .limit(limit)
        .map(WaitsState.End::id)
        .toList();
  }
}
