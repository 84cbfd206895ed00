package dev.stepwell.engine;

import dev.stepwell.engine.wire.Event;
import java.util.List;

/** What this node knows of the functions in the cluster, at this moment. */
interface KnownFunctions {

  /** The ids of the functions that an event starts. */
  List<String> startedBy(Event event);

  /** Whether an event of that name might start anything. */
  boolean anyStartedBy(String eventName);

  /** How often a function's failed steps are tried again. */
  int retries(String function);
}
