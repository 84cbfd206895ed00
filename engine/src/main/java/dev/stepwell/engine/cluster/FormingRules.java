package dev.stepwell.engine.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether a node joins others or begins a cluster of its own. There must be one cluster,
 * however many nodes start at once: so only the lowest contact point begins one, when enough of
 * them can be reached, and after it has tried for a while to join. A higher one does it in its
 * place when all lower ones have been gone for long; should one of them come back at that moment,
 * it tries to join for longer than beginning takes, and finds the other.
 */
final class FormingRules {

  /** For so long a node only tries to join, and the contact points must stay the same. */
  static final Duration SETTLE = Duration.ofSeconds(3);

  /** So long a lower contact point must have been gone. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What to do now. */
  sealed interface Decision {
    /** Nobody can be asked, or too few. */
    record Wait(String why) implements Decision {}

    /** To join whichever of these is in a cluster. */
    record Join(List<HostPort> others) implements Decision {}

    /** To begin a cluster, unless one of these others is in one. */
    record Begin(List<HostPort> others) implements Decision {}
  }

  private FormingRules() {}

  /**
   * What to do.
   *
   * @param required how many contact points must be reached, this node among them, to begin a
   *     cluster; 0 for more than half of them
   */
  static Decision decide(FormingState state, HostPort self, int required, long nowMillis) {
    var points = state.points();
    if (points.isEmpty()) {
      return new Decision.Wait("no contact points are known");
    }
    var others = new ArrayList<>(state.reachable());
    var among = points.contains(self);
    if (among && points.size() == 1 && required <= 1) {
      return new Decision.Begin(List.of());
    }
    var enough = required > 0 ? required : points.size() / 2 + 1;
    var reached = others.size() + (among ? 1 : 0);
    if (among
        && reached >= enough
        && isSettled(state, nowMillis)
        && isLowest(state, self, nowMillis)) {
      return new Decision.Begin(others);
    }
    if (others.isEmpty()) {
      return new Decision.Wait("none of the contact points " + points + " answers");
    }
    return new Decision.Join(others);
  }

  private static boolean isSettled(FormingState state, long nowMillis) {
    return nowMillis - state.pointsSinceMillis() >= SETTLE.toMillis();
  }

  private static boolean isLowest(FormingState state, HostPort self, long nowMillis) {
    return state.points().headSet(self).stream()
        .allMatch(lower -> state.isGoneFor(lower, PATIENCE.toMillis(), nowMillis));
  }
}
