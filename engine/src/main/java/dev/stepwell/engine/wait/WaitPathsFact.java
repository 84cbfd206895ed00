package dev.stepwell.engine.wait;

/** What is remembered of the paths by which somebody waits for one event name. */
sealed interface WaitPathsFact {

  String path();

  record PathAdded(String path) implements WaitPathsFact {}

  /** From {@code atMillis} on, all who accept events know the path. */
  record PathActive(String path, long atMillis) implements WaitPathsFact {}
}
