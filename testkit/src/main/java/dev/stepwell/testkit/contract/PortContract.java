package dev.stepwell.testkit.contract;

import dev.stepwell.engine.port.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store that is opened empty before each test and closed after it. */
public abstract class PortContract {

  /** Set before each test. */
  protected Store store;

  /** Opens a store with nothing in it. */
  protected abstract Store open();

  @BeforeEach
  final void openStore() {
    store = open();
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }
}
