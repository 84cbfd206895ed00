package dev.stepwell.engine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.DurableFunction;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.Store;
import java.util.List;

/**
 * What a node of the engine is started with.
 *
 * @param config as {@link #configuration} reads it, or with more laid over
 * @param store is closed by whoever opened it, after the engine
 * @param functions whose code is on this node
 */
public record EngineStart(
    Config config, Store store, List<DurableFunction<?, ?>> functions, RunListener listener) {

  public EngineStart {
    functions = List.copyOf(functions);
  }

  /**
   * The configuration of a node: the user's {@code application.conf} and system properties, over
   * what the engine sets of Pekko, over the reference configuration of all libraries.
   */
  public static Config configuration() {
    return ConfigFactory.defaultOverrides()
        .withFallback(ConfigFactory.defaultApplication())
        .withFallback(ConfigFactory.parseResources("stepwell-pekko.conf"))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }
}
