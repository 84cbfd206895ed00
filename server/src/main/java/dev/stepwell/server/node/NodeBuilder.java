package dev.stepwell.server.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.DurableFunction;
import dev.stepwell.engine.Engine;
import dev.stepwell.engine.EngineStart;
import dev.stepwell.engine.RunningEngine;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.gateway.Gateway;
import dev.stepwell.gateway.GatewayConfig;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Describes a node, then starts it. What is not said comes from {@code application.conf}, system
 * properties ({@code -Dstepwell.gateway.port=9000}) and the environment; {@code reference.conf} has
 * every key.
 */
public final class NodeBuilder {

  /** How long requests that were let in may take after a stop was asked for. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration READY_WITHIN = Duration.ofMinutes(1);
  private static final Ulid NOBODYS_RUN = new Ulid(0, 0);

  private static final Path USUAL_DIRECTORY = Path.of(".stepwell");

  private final List<DurableFunction<?, ?>> functions = new ArrayList<>();
  private final Map<String, Object> settings = new HashMap<>();
  private Path directory = USUAL_DIRECTORY;
  private boolean inMemory;
  private RunListener listener = RunListener.NONE;
  private Optional<Instant> since = Optional.empty();

  /** Begins with a durable node in {@code ./.stepwell}, at 127.0.0.1:8288, with no functions. */
  public NodeBuilder() {
    // Pekko's own hook would stop the engine while requests are still being answered.
    settings.put("pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off");
  }

  /** Adds functions. Each object serves all runs of its function, on many threads at once. */
  public NodeBuilder functions(DurableFunction<?, ?>... more) {
    return functions(List.of(more));
  }

  /** Adds functions. */
  public NodeBuilder functions(List<? extends DurableFunction<?, ?>> more) {
    functions.addAll(more);
    return this;
  }

  /** Keeps everything in {@code directory}, which is made if need be; one process at a time. */
  public NodeBuilder dataDir(Path newDirectory) {
    directory = newDirectory;
    return this;
  }

  /** Keeps everything in memory, so that it is gone when the node stops. */
  public NodeBuilder inMemory() {
    inMemory = true;
    return this;
  }

  /** Listens at this address; {@code 0.0.0.0} for whoever can reach the machine. */
  public NodeBuilder host(String host) {
    return setting("stepwell.gateway.host", host);
  }

  /** Listens at this port: 0 to 65535; 0 lets the system choose. */
  public NodeBuilder port(int port) {
    return setting("stepwell.gateway.port", port);
  }

  /** Sets a key of the configuration, over whatever else sets it. */
  public NodeBuilder setting(String key, Object value) {
    settings.put(key, value);
    return this;
  }

  /** Tells {@code newListener} what runs do. */
  public NodeBuilder listener(RunListener newListener) {
    listener = newListener;
    return this;
  }

  /** Counts the time to ready, which is logged, from {@code begin} and not from {@link #start}. */
  public NodeBuilder since(Instant begin) {
    since = Optional.of(begin);
    return this;
  }

  /**
   * Opens the store, starts the engine, and lets requests in.
   *
   * @return once it takes events
   * @throws CannotStartException if the directory or the port is in use, a setting makes no sense,
   *     or two functions have the same name
   */
  public Node start() {
    var begun = Instant.now();
    var parts = new Parts();
    try {
      requireDistinctNames();
      var config = configuration();
      var gatewayConfig = GatewayConfig.from(config);
      var store = inMemory ? OpenStore.inMemory() : OpenStore.in(directory);
      parts.add(store::close);
      var engine = RunningEngine.start(new EngineStart(config, store.store(), functions, listener));
      parts.add(engine::close);
      awaitReady(engine.engine());
      var gateway = bind(engine, gatewayConfig);
      parts.add(() -> gateway.stop(GRACE).toCompletableFuture().join());
      var node = new Node(parts, store, engine, gateway.address(), names());
      node.announce(Duration.between(since.orElse(begun), Instant.now()));
      return node;
    } catch (ConfigException | IllegalArgumentException e) {
      parts.close();
      throw new CannotStartException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private Config configuration() {
    return ConfigFactory.parseMap(settings).withFallback(EngineStart.configuration());
  }

  /** A question about a run that nobody has is answered once the engine's actors have a place. */
  private static void awaitReady(Engine engine) {
    var deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (true) {
      try {
        var _ = engine.run(NOBODYS_RUN).toCompletableFuture().join();
        return;
      } catch (CompletionException e) {
        if (System.nanoTime() > deadline) {
          throw new CannotStartException("The engine does not come up; its log says why.", e);
        }
      }
    }
  }

  private static Gateway bind(RunningEngine engine, GatewayConfig config) {
    try {
      return Gateway.start(engine.system(), engine.engine(), config).toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof BindException taken) {
        throw new CannotStartException(String.valueOf(taken.getMessage()), taken);
      }
      throw e;
    }
  }

  private List<String> names() {
    return functions.stream().map(function -> function.spec().name()).toList();
  }

  private void requireDistinctNames() {
    var seen = new HashSet<String>();
    for (var name : names()) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException("two functions are named '" + name + "'");
      }
    }
  }
}
