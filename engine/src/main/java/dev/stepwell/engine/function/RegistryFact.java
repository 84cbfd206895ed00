package dev.stepwell.engine.function;

import java.util.List;

/** What has happened to the registry. */
public sealed interface RegistryFact {

  /** These are an app's functions from now on, instead of those it had. */
  record Registered(String app, List<Definition> functions) implements RegistryFact {
    public Registered {
      functions = List.copyOf(functions);
    }
  }
}
