package dev.stepwell.engine.journal;

import dev.stepwell.engine.port.Store;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.setup.Setup;

/** Gives an actor system its store, when it is started. */
public final class StoreSetup extends Setup {

  private final Store store;

  public StoreSetup(Store store) {
    this.store = store;
  }

  static Store of(ActorSystem system) {
    return system
        .settings()
        .setup()
        .get(StoreSetup.class)
        .orElseThrow(() -> new IllegalStateException("the actor system was given no store"))
        .store;
  }
}
