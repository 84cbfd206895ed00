package dev.stepwell.engine.run;

import java.util.ArrayList;
import java.util.List;

/** Cancellations that wait for the timer that makes sure of what follows from them. */
final class RunCancels {

  private final List<RunEntity.Cancel> waiting = new ArrayList<>();
  private boolean guarded;

  /** Whether the timer is stored. */
  boolean isGuarded() {
    return guarded;
  }

  void add(RunEntity.Cancel cancel) {
    waiting.add(cancel);
  }

  /** The timer is stored now. Returns those that have waited for it. */
  List<RunEntity.Cancel> guarded() {
    guarded = true;
    var ready = List.copyOf(waiting);
    waiting.clear();
    return ready;
  }

  List<RunEntity.Cancel> waiting() {
    return List.copyOf(waiting);
  }

  void clear() {
    waiting.clear();
    guarded = false;
  }
}
