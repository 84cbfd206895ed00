package dev.stepwell.engine.function;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The functions of all apps.
 *
 * @param version grows by one with each change
 */
public record RegistryState(long version, Map<String, List<Definition>> apps) {

  public static final RegistryState EMPTY = new RegistryState(0, Map.of());

  public RegistryState {
    apps = Map.copyOf(apps);
  }

  public RegistryState apply(RegistryFact fact) {
    return switch (fact) {
      case RegistryFact.Registered(var app, var functions) -> {
        var more = new TreeMap<>(apps);
        more.put(app, functions);
        yield new RegistryState(version + 1, more);
      }
    };
  }

  /** Whether an app has exactly these functions already. */
  boolean has(String app, List<Definition> functions) {
    return functions.equals(apps.get(app));
  }

  Catalog catalog() {
    return new Catalog(version, apps.values().stream().flatMap(List::stream).toList());
  }
}
