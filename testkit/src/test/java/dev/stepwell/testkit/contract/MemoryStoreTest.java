package dev.stepwell.testkit.contract;

import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.Store;
import org.junit.jupiter.api.Nested;

/** The store in memory does what every store must. */
final class MemoryStoreTest {

  @Nested
  final class Journal extends JournalContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  final class Timers extends TimerStoreContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  final class Runs extends RunIndexContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }

  @Nested
  final class Events extends EventIndexContract {
    @Override
    protected Store open() {
      return new MemoryStore();
    }
  }
}
