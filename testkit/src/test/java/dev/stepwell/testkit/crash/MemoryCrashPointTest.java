package dev.stepwell.testkit.crash;

import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.Store;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Crashes of an engine whose store is in memory, and outlives it. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
final class MemoryCrashPointTest extends CrashPointContract {
  @Override
  protected Store open() {
    return new MemoryStore();
  }

  @Override
  protected Set<Manner> others() {
    return EnumSet.of(Manner.LATE, Manner.TWICE);
  }
}
