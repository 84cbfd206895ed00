package dev.stepwell.engine.cluster;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a node that is not in a cluster has seen of its contact points.
 *
 * @param points as found last, in order
 * @param pointsSinceMillis since when they are the same
 * @param reachable those of the others that have answered last
 * @param goneSinceMillis since when each of the rest has not answered
 */
record FormingState(
    SortedSet<HostPort> points,
    long pointsSinceMillis,
    SortedSet<HostPort> reachable,
    Map<HostPort, Long> goneSinceMillis) {

  static final FormingState NOTHING =
      new FormingState(Collections.emptySortedSet(), 0, Collections.emptySortedSet(), Map.of());

  /**
   * What is known after another look.
   *
   * @param found the contact points
   * @param answering those of the others that have answered
   */
  FormingState seen(Set<HostPort> found, Set<HostPort> answering, long nowMillis) {
    var gone = new HashMap<HostPort, Long>();
    for (var point : found) {
      if (!answering.contains(point)) {
        gone.put(point, goneSinceMillis.getOrDefault(point, nowMillis));
      }
    }
    return new FormingState(
        Collections.unmodifiableSortedSet(new TreeSet<>(found)),
        points.equals(found) ? pointsSinceMillis : nowMillis,
        Collections.unmodifiableSortedSet(new TreeSet<>(answering)),
        Map.copyOf(gone));
  }

  boolean isGoneFor(HostPort point, long millis, long nowMillis) {
    var since = goneSinceMillis.get(point);
    return since != null && nowMillis - since >= millis;
  }
}
