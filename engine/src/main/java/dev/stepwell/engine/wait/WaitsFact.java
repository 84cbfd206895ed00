package dev.stepwell.engine.wait;

/** What a partition of waits remembers. */
public sealed interface WaitsFact {

  /** Whose wait it is. */
  Wait.Id id();

  record Registered(Wait subscription) implements WaitsFact {
    @Override
    public Wait.Id id() {
      return subscription.id();
    }
  }

  /** It waits no longer: matched and settled, withdrawn by its run, or long past its end. */
  record Removed(Wait.Id id) implements WaitsFact {}
}
