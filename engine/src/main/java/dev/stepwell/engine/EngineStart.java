package dev.stepwell.engine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.DurableFunction;
import dev.stepwell.engine.cluster.Joining;
import dev.stepwell.engine.port.FunctionCaller;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.Store;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * What a node of the engine is started with.
 *
 * @param config as {@link #configuration} reads it, or with more laid over
 * @param store is closed by whoever opened it, after the engine
 * @param functions whose code is on this node
 * @param joining how it finds other nodes
 * @param callers how it calls apps
 */
public record EngineStart(
    Config config,
    Store store,
    List<DurableFunction<?, ?>> functions,
    RunListener listener,
    Joining joining,
    Callers callers) {

  /** Makes what calls functions in apps, once there is a system of actors. */
  @FunctionalInterface
  public interface Callers {
    FunctionCaller in(ActorSystem<?> system);
  }

  /** Without any way to call an app. */
  private static final Callers NO_CALLERS =
      _ ->
          _ ->
              CompletableFuture.completedStage(
                  new FunctionCaller.Unanswered("no_caller", "this node calls no apps"));

  private static final List<String> ROOTS = List.of("stepwell", "pekko", "ssl-config");

  public EngineStart {
    functions = List.copyOf(functions);
  }

  /** A node without others. */
  public EngineStart(
      Config config, Store store, List<DurableFunction<?, ?>> functions, RunListener listener) {
    this(config, store, functions, listener, Joining.alone());
  }

  /** A node that calls no apps. */
  public EngineStart(
      Config config,
      Store store,
      List<DurableFunction<?, ?>> functions,
      RunListener listener,
      Joining joining) {
    this(config, store, functions, listener, joining, NO_CALLERS);
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
