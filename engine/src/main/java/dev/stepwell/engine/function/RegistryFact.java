package dev.stepwell.engine.function;

import java.util.List;

/** What has happened to the registry. */
public sealed interface RegistryFact {

  /** These are the functions of an app on nodes from now on, instead of those it had. */
  record Registered(String app, List<Definition> functions) implements RegistryFact {
    public Registered {
      functions = List.copyOf(functions);
    }
  }

  /** An app that is called over HTTP has said what it has, instead of what it had before. */
  record Synced(App app) implements RegistryFact {}

  /** An app is no more. */
  record Removed(String app) implements RegistryFact {}
}
