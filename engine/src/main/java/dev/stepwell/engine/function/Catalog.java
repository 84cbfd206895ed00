package dev.stepwell.engine.function;

import dev.stepwell.engine.function.Definition.Start;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wait.MatchValues;
import dev.stepwell.engine.wire.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All functions as of one moment, arranged to be found by the events that start them. Immutable.
 */
public final class Catalog {

  /** What there is before anything is registered. */
  public static final Catalog EMPTY = new Catalog(0, List.of());

  private static final String WILDCARD = "*";

  /** One way in which events of some name start a function. */
  private record Way(Definition function, Set<Match> conditions, MatchValues values) {
    private boolean open(Event event) {
      return conditions.isEmpty() || new HashSet<>(values.in(event.data())).containsAll(conditions);
    }
  }

  private final long version;
  private final Map<String, Definition> byId = new HashMap<>();
  private final Map<String, List<Way>> byName = new HashMap<>();
  private final Map<String, List<Way>> byBeginning = new HashMap<>();

  /**
   * A catalog of the given functions.
   *
   * @param version grows with each change of the registry
   */
  public Catalog(long version, List<Definition> functions) {
    this.version = version;
    functions.forEach(this::add);
  }

  private void add(Definition function) {
    byId.put(function.id(), function);
    for (var start : function.starts()) {
      if (start instanceof Start.OnEvent(var pattern, var conditions)) {
        var paths = conditions.stream().map(Match::path).toList();
        var way = new Way(function, Set.copyOf(conditions), MatchValues.of(paths));
        if (pattern.endsWith(WILDCARD)) {
          var beginning = pattern.substring(0, pattern.length() - WILDCARD.length());
          byBeginning.computeIfAbsent(beginning, _ -> new ArrayList<>()).add(way);
        } else {
          byName.computeIfAbsent(pattern, _ -> new ArrayList<>()).add(way);
        }
      }
    }
  }

  public long version() {
    return version;
  }

  public Optional<Definition> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The functions that an event starts, each once. */
  public List<String> startedBy(Event event) {
    var ways = ways(event.name());
    if (ways.isEmpty()) {
      return List.of();
    }
    var ids = new LinkedHashSet<String>();
    for (var way : ways) {
      if (way.open(event)) {
        ids.add(way.function().id());
      }
    }
    return List.copyOf(ids);
  }

  /** Whether some event of that name would start anything. */
  public boolean anyStartedBy(String eventName) {
    return !ways(eventName).isEmpty();
  }

  private List<Way> ways(String name) {
    var exact = byName.getOrDefault(name, List.of());
    if (byBeginning.isEmpty()) {
      return exact;
    }
    var ways = new ArrayList<>(exact);
    for (var i = 0; i < name.length(); i++) {
      var c = name.charAt(i);
      if (c == '/' || c == '.') {
        ways.addAll(byBeginning.getOrDefault(name.substring(0, i + 1), List.of()));
      }
    }
    return ways;
  }
}
