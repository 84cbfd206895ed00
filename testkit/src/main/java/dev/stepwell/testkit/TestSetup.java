package dev.stepwell.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.DurableFunction;
import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.Store;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a {@link TestEngine} is started with. Immutable; begin with {@link #of}.
 *
 * @param functions that the engine knows
 * @param store is not closed by the engine
 * @param config laid over the engine's own
 * @param begin where the clock stands at first
 * @param seed of the ids and of the spread of retries; empty for the same ids each time, and
 *     retries without any spread
 */
public record TestSetup(
    List<DurableFunction<?, ?>> functions,
    Store store,
    Config config,
    Instant begin,
    OptionalLong seed) {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  public TestSetup {
    functions = List.copyOf(functions);
  }

  /** The functions, a store in memory, and the first instant of 2026. */
  public static TestSetup of(DurableFunction<?, ?>... functions) {
    return new TestSetup(
        List.of(functions), new MemoryStore(), ConfigFactory.empty(), BEGIN, OptionalLong.empty());
  }

  /** This, with other functions. */
  public TestSetup functions(DurableFunction<?, ?>... newFunctions) {
    return new TestSetup(List.of(newFunctions), store, config, begin, seed);
  }

  /** This, with what another engine has left behind, or with a store that lasts. */
  public TestSetup store(Store newStore) {
    return new TestSetup(functions, newStore, config, begin, seed);
  }

  /** This, with keys of {@code reference.conf} set, as in {@code stepwell.engine.steps-max=10}. */
  public TestSetup config(String hocon) {
    var more = ConfigFactory.parseString(hocon).withFallback(config);
    return new TestSetup(functions, store, more, begin, seed);
  }

  /** This, with the clock at {@code newBegin}. */
  public TestSetup begin(Instant newBegin) {
    return new TestSetup(functions, store, config, newBegin, seed);
  }

  /** This, with ids and the spread of retries drawn from {@code newSeed}. */
  public TestSetup seed(long newSeed) {
    return new TestSetup(functions, store, config, begin, OptionalLong.of(newSeed));
  }

  public TestEngine start() {
    return new TestEngine(this);
  }
}
