package dev.stepwell.testkit.crash;

import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.Store;
import java.util.EnumSet;
import java.util.Set;

/** Crashes of an engine whose store is in memory, and outlives it. */
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
