package dev.stepwell.embedded;

import dev.stepwell.engine.port.Store;
import dev.stepwell.testkit.crash.CrashPointContract;
import dev.stepwell.testkit.crash.Manner;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Crashes of an engine whose store is on disk. */
@Execution(ExecutionMode.CONCURRENT)
final class EmbeddedCrashPointTest extends CrashPointContract {

  @TempDir Path directory;
  private int opened;

  @Override
  protected Store open() {
    opened++;
    return EmbeddedStore.open(directory.resolve(Integer.toString(opened)), EmbeddedConfig.DEFAULT);
  }

  @Override
  protected Set<Manner> others() {
    return Set.of();
  }
}
