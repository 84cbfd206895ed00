package dev.stepwell.engine.wait;

import dev.stepwell.engine.wire.Ulid;

/** What a partition of waits remembers. */
sealed interface WaitsFact {

  /** Whose wait it is. */
  Wait.Id id();

  record Registered(Wait subscription) implements WaitsFact {
    @Override
    public Wait.Id id() {
      return subscription.id();
    }
  }

  /**
   * Looking back has found an event. Nobody else keeps it for the run, so after a crash somebody
   * has to look again.
   */
  record Found(Wait.Id id, Ulid event) implements WaitsFact {}

  /** It waits no longer: matched and settled, withdrawn by its run, or long past its end. */
  record Removed(Wait.Id id) implements WaitsFact {}
}
