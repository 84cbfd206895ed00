package dev.stepwell.engine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.DurableFunction;
import dev.stepwell.engine.cluster.Joining;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.Store;
import java.util.List;

/**
 * What a node of the engine is started with.
 *
 * @param config as {@link #configuration} reads it, or with more laid over
 * @param store is closed by whoever opened it, after the engine
 * @param functions whose code is on this node
 * @param joining how it finds other nodes
 */
public record EngineStart(
    Config config,
    Store store,
    List<DurableFunction<?, ?>> functions,
    RunListener listener,
    Joining joining) {

  private static final List<String> ROOTS = List.of("stepwell", "pekko", "ssl-config");

  public EngineStart {
    functions = List.copyOf(functions);
  }

  /** A node without others. */
  public EngineStart(
      Config config, Store store, List<DurableFunction<?, ?>> functions, RunListener listener) {
    this(config, store, functions, listener, Joining.alone());
  }

  /**
   * The configuration of a node: the user's {@code application.conf} and system properties, over
   * what the engine sets of Pekko, over the reference configuration of all libraries.
   *
   * <p>Of the system properties only those that configure something are left: Pekko merges the
   * roots of configurations for each persistent actor it starts, and its time grows with theirs.
   */
  public static Config configuration() {
    var all =
        ConfigFactory.defaultOverrides()
            .withFallback(ConfigFactory.defaultApplication())
            .withFallback(ConfigFactory.parseResources("stepwell-pekko.conf"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    return ROOTS.stream()
        .filter(all::hasPath)
        .map(all::withOnlyPath)
        .reduce(ConfigFactory.empty(), Config::withFallback);
  }
}
