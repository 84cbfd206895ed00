package dev.stepwell.engine.event;

import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wait.MatchValues;
import dev.stepwell.engine.wait.WaitKey;
import dev.stepwell.engine.wire.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** By which paths somebody waits for which event, as far as this partition has seen the names. */
final class EventPaths {

  /** More names than anybody's catalogue has; beyond it, those in use alone are kept. */
  static final int NAMES_MAX = 10_000;

  private static final String OWN = "inngest/";

  private record Paths(Set<String> all, boolean complete, MatchValues values) {}

  private final Supplier<Set<String>> inUse;
  private final Map<String, Paths> byName = new HashMap<>();
  private int forgetAt = NAMES_MAX;

  /**
   * No name is known.
   *
   * @param inUse those that must not be forgotten
   */
  EventPaths(Supplier<Set<String>> inUse) {
    this.inUse = inUse;
  }

  /** Whether events of that name are the engine's own. */
  private static boolean isOwn(String event) {
    return event.startsWith(OWN);
  }

  /** Whether all paths of a name are known. Nobody can wait for an event of our own. */
  boolean know(String event) {
    var paths = byName.get(event);
    return isOwn(event) || paths != null && paths.complete();
  }

  /** Whether all paths of a name that are added must be told. */
  boolean follow(String event) {
    return byName.containsKey(event);
  }

  /** A path has been added; whether others are there may not be known yet. */
  void added(String event, String path) {
    var paths = byName.get(event);
    merge(event, Set.of(path), paths != null && paths.complete());
  }

  void known(String event, Set<String> paths) {
    if (byName.size() >= forgetAt) {
      byName.keySet().retainAll(inUse.get());
      forgetAt = Math.max(NAMES_MAX, 2 * byName.size());
    }
    merge(event, paths, true);
  }

  private void merge(String event, Set<String> more, boolean complete) {
    var all = new HashSet<>(more);
    var before = byName.get(event);
    if (before != null) {
      all.addAll(before.all());
    }
    var equalities = all.stream().filter(path -> !path.isEmpty()).toList();
    byName.put(event, new Paths(Set.copyOf(all), complete, MatchValues.of(equalities)));
  }

  /** The event's values at the paths that somebody waits by. */
  List<Match> matches(Event event) {
    var paths = byName.get(event.name());
    return paths == null ? List.of() : paths.values().in(event.data());
  }

  /** The partitions of the waits that may have one for the event. */
  Set<Integer> waits(Event event, int partitions) {
    var paths = byName.get(event.name());
    if (paths == null || paths.all().isEmpty()) {
      return Set.of();
    }
    var numbers = new HashSet<Integer>();
    for (var match : paths.values().in(event.data())) {
      numbers.add(WaitKey.of(event.name(), Optional.of(match)).partition(partitions));
    }
    if (paths.all().contains("")) {
      numbers.add(WaitKey.of(event.name(), Optional.empty()).partition(partitions));
    }
    return numbers;
  }

  void reset() {
    byName.clear();
    forgetAt = NAMES_MAX;
  }
}
