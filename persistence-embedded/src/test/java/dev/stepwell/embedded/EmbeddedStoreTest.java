package dev.stepwell.embedded;

import dev.stepwell.engine.port.Store;
import dev.stepwell.testkit.contract.EventIndexContract;
import dev.stepwell.testkit.contract.JournalContract;
import dev.stepwell.testkit.contract.RunIndexContract;
import dev.stepwell.testkit.contract.StoreContract;
import dev.stepwell.testkit.contract.TimerStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store does what every store must. */
final class EmbeddedStoreTest {

  /** Small, so that rows are read from files as well as from memory. */
  private static final EmbeddedConfig CONFIG =
      new EmbeddedConfig(1 << 20, 4 << 20, 4 << 20, 64 << 20);

  @Nested
  final class AsJournal extends JournalContract {
    @TempDir Path directory;

    @Override
    protected Store open() {
      return EmbeddedStore.open(directory, CONFIG);
    }
  }

  @Nested
  final class AsTimerStore extends TimerStoreContract {
    @TempDir Path directory;

    @Override
    protected Store open() {
      return EmbeddedStore.open(directory, CONFIG);
    }
  }

  @Nested
  final class AsRunIndex extends RunIndexContract {
    @TempDir Path directory;

    @Override
    protected Store open() {
      return EmbeddedStore.open(directory, CONFIG);
    }
  }

  @Nested
  final class AsEventIndex extends EventIndexContract {
    @TempDir Path directory;

    @Override
    protected Store open() {
      return EmbeddedStore.open(directory, CONFIG);
    }
  }

  @Nested
  final class AsStore extends StoreContract {
    @TempDir Path directory;

    @Override
    protected Store open() {
      return EmbeddedStore.open(directory, CONFIG);
    }

    @Override
    protected Store reopen() {
      return open();
    }
  }
}
