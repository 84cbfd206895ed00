package dev.stepwell.engine.function;

import dev.stepwell.engine.expression.Expression;
import dev.stepwell.engine.expression.InvalidExpressionException;
import dev.stepwell.engine.expression.Scope;
import dev.stepwell.engine.function.Definition.Start;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.wait.MatchValues;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.EventJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the functions that an event starts: by its name and the beginnings of its name in one hash
 * table, then by the value of each function's first condition in another. The cost does not depend
 * on how many functions there are.
 */
final class Starts {

  private static final Logger LOG = LoggerFactory.getLogger(Starts.class);
  private static final String WILDCARD = "*";

  private record Conditional(String function, Set<Match> conditions) {}

  private record Expressed(String function, Expression expression) {}

  /** The functions of one pattern. */
  private static final class Pattern {
    final List<String> unconditional = new ArrayList<>();
    final Map<Match, List<Conditional>> byFirstCondition = new HashMap<>();
    final List<Expressed> byExpression = new ArrayList<>();
    final Set<String> paths = new TreeSet<>();
    MatchValues values = MatchValues.of(Set.of());

    void add(String function, List<Match> conditions) {
      if (conditions.isEmpty()) {
        unconditional.add(function);
        return;
      }
      if (paths.addAll(conditions.stream().map(Match::path).toList())) {
        values = MatchValues.of(paths);
      }
      byFirstCondition
          .computeIfAbsent(conditions.getFirst(), _ -> new ArrayList<>())
          .add(new Conditional(function, Set.copyOf(conditions)));
    }

    /** What can't be compiled, by this version, starts nothing; and stops nothing else. */
    void addExpressed(String function, String text) {
      try {
        byExpression.add(new Expressed(function, Expression.compile(text)));
      } catch (InvalidExpressionException e) {
        LOG.warn(
            "{} is not started by events, its expression is invalid: {}", function, e.getMessage());
      }
    }

    void collect(Event event, Set<String> started) {
      started.addAll(unconditional);
      if (!byExpression.isEmpty()) {
        var scope = Scope.of(EventJson.of(event), Instant.ofEpochMilli(event.receivedAtMillis()));
        for (var function : byExpression) {
          if (function.expression().holds(scope)) {
            started.add(function.function());
          }
        }
      }
      if (byFirstCondition.isEmpty()) {
        return;
      }
      var held = new HashSet<>(values.in(event.data()));
      for (var value : held) {
        for (var function : byFirstCondition.getOrDefault(value, List.of())) {
          if (held.containsAll(function.conditions())) {
            started.add(function.function());
          }
        }
      }
    }
  }

  private final Map<String, Pattern> patterns = new HashMap<>();
  private boolean wildcards;

  private Starts() {}

  static Starts of(Collection<Definition> functions) {
    var starts = new Starts();
    functions.forEach(starts::add);
    return starts;
  }

  List<String> startedBy(Event event) {
    var started = new LinkedHashSet<String>();
    for (var name : namesAndPatterns(event.name())) {
      var pattern = patterns.get(name);
      if (pattern != null) {
        pattern.collect(event, started);
      }
    }
    return List.copyOf(started);
  }

  boolean anyStartedBy(String eventName) {
    return namesAndPatterns(eventName).stream().anyMatch(patterns::containsKey);
  }

  private void add(Definition function) {
    for (var start : function.starts()) {
      switch (start) {
        case Start.OnEvent(var name, var conditions) -> {
          patterns.computeIfAbsent(name, _ -> new Pattern()).add(function.id(), conditions);
          wildcards |= name.endsWith(WILDCARD);
        }
        case Start.OnExpression(var name, var expression) -> {
          patterns
              .computeIfAbsent(name, _ -> new Pattern())
              .addExpressed(function.id(), expression);
          wildcards |= name.endsWith(WILDCARD);
        }
        case Start.OnCron _ -> {}
      }
    }
  }

  /** The name itself, and each of its beginnings up to a slash or a dot, with a star after it. */
  private List<String> namesAndPatterns(String name) {
    var all = new ArrayList<String>(4);
    all.add(name);
    if (!wildcards) {
      return all;
    }
    for (var i = 0; i < name.length(); i++) {
      var c = name.charAt(i);
      if (c == '/' || c == '.') {
        all.add(name.substring(0, i + 1) + WILDCARD);
      }
    }
    return all;
  }
}
