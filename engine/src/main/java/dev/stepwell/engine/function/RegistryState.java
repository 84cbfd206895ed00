package dev.stepwell.engine.function;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The functions of all apps.
 *
 * @param version grows by one with each change
 * @param apps by name
 * @param archived functions that apps had once, by id: nothing starts them, but runs of them may be
 *     under way
 */
public record RegistryState(long version, Map<String, App> apps, Map<String, Definition> archived) {

  public static final RegistryState EMPTY = new RegistryState(0, Map.of(), Map.of());

  public RegistryState {
    apps = Map.copyOf(apps);
    archived = Map.copyOf(archived);
  }

  public RegistryState apply(RegistryFact fact) {
    return switch (fact) {
      case RegistryFact.Registered(var app, var functions) ->
          with(new App(app, Optional.empty(), functions));
      case RegistryFact.Synced(var app) -> with(app);
      case RegistryFact.Removed(var app) -> without(app);
    };
  }

  /** Whether a fact changes nothing. */
  boolean has(RegistryFact fact) {
    return switch (fact) {
      case RegistryFact.Registered(var app, var functions) ->
          new App(app, Optional.empty(), functions).equals(apps.get(app));
      case RegistryFact.Synced(var app) -> app.equals(apps.get(app.name()));
      case RegistryFact.Removed(var app) -> !apps.containsKey(app);
    };
  }

  Catalog catalog() {
    return new Catalog(version, new TreeMap<>(apps).values(), archived.values());
  }

  private RegistryState with(App app) {
    var more = new HashMap<>(apps);
    var before = more.put(app.name(), app);
    return new RegistryState(
        version + 1, more, archive(before == null ? List.of() : before.functions(), more));
  }

  private RegistryState without(String app) {
    var fewer = new HashMap<>(apps);
    var before = fewer.remove(app);
    return new RegistryState(
        version + 1, fewer, archive(before == null ? List.of() : before.functions(), fewer));
  }

  /**
   * Of functions on nodes there is nothing to keep: whether a node has the code it knows itself.
   */
  private Map<String, Definition> archive(List<Definition> before, Map<String, App> now) {
    var all = new HashMap<>(archived);
    for (var function : before) {
      if (function.remote().isPresent()) {
        all.put(function.id(), function.withoutStarts());
      }
    }
    now.values().stream()
        .map(App::functions)
        .flatMap(Collection::stream)
        .forEach(function -> all.remove(function.id()));
    return all;
  }
}
