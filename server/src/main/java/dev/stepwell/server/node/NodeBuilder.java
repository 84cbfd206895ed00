package dev.stepwell.server.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.DurableFunction;
import dev.stepwell.engine.Engine;
import dev.stepwell.engine.EngineStart;
import dev.stepwell.engine.RunningEngine;
import dev.stepwell.engine.cluster.ClusterSettings;
import dev.stepwell.engine.cluster.Joining;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.gateway.Gateway;
import dev.stepwell.gateway.GatewayConfig;
import dev.stepwell.gateway.apps.AppPings;
import dev.stepwell.gateway.apps.PingConfig;
import dev.stepwell.gateway.call.CallConfig;
import dev.stepwell.gateway.call.HttpCaller;
import dev.stepwell.gateway.cluster.NodeControls;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

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
  private boolean clustered;
  private RunListener listener = RunListener.NONE;
  private Optional<Instant> since = Optional.empty();

  /** Begins with a durable node in {@code ./.stepwell}, at 127.0.0.1:8288, with no functions. */
  public NodeBuilder() {
    // Pekko's own hooks would stop the engine while requests are still being answered, and cut the
    // connections to other nodes at once: they would take a node that hands over for dead.
    settings.put("pekko.jvm-shutdown-hooks", "off");
    // By it the others can tell who is newer: a rolling update moves shards to new nodes only.
    settings.put("pekko.cluster.app-version", Version.text());
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

  /**
   * Makes it one of several nodes, which keep everything in Cassandra and together are one engine.
   * The keys of {@code stepwell.cluster} and {@code stepwell.cassandra} say where the others are.
   */
  public NodeBuilder clustered() {
    clustered = true;
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
   * Opens the store, starts the engine, and lets requests in. One of several nodes waits until it
   * has found the others, for as long as that takes.
   *
   * @return once it takes events
   * @throws CannotStartException if the directory or the port is in use, Cassandra does not answer,
   *     a setting makes no sense, or two functions have the same name
   */
  public Node start() {
    var begun = Instant.now();
    var parts = new Parts();
    try {
      requireDistinctNames();
      var config = configuration();
      var gatewayConfig = GatewayConfig.from(config);
      var pings = PingConfig.from(config);
      var store = openStore(config);
      parts.add(store::close);
      var metrics = new NodeMetrics(listener);
      parts.add(metrics::close);
      var engine =
          RunningEngine.begin(
              new EngineStart(
                  config, store.store(), functions, metrics, joining(config), callers(config)));
      parts.add(engine::close);
      awaitReady(engine);
      var drain = new CompletableFuture<Void>();
      var controls = new NodeControls(() -> drain.complete(null), metrics::text);
      var gateway = bind(engine, gatewayConfig, controls);
      metrics.watch(new NodeMetrics.Sources(gateway, engine.engine(), store.store()));
      parts.add(() -> gateway.stop(GRACE).toCompletableFuture().join());
      if (!pings.isOff()) {
        parts.add(AppPings.start(engine.system(), engine.engine(), pings)::close);
      }
      var node = new Node(parts, store, engine, gateway.address(), names(), drain);
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
    var config = ConfigFactory.parseMap(settings).withFallback(EngineStart.configuration());
    return clustered ? ClusterSettings.of(config).over(config) : config;
  }

  private OpenStore openStore(Config config) {
    if (clustered) {
      return OpenStore.onCassandra(config);
    }
    return inMemory ? OpenStore.inMemory() : OpenStore.in(directory);
  }

  private Joining joining(Config config) {
    return clustered ? ClusterSettings.of(config).joining() : Joining.alone();
  }

  private static EngineStart.Callers callers(Config config) {
    var calls = CallConfig.from(config);
    return system -> new HttpCaller(system, calls, Optional.empty(), InstantSource.system());
  }

  /** Others may take their time to come; but what has ended will not be ready any more. */
  private void awaitReady(RunningEngine engine) {
    var ready = engine.ready().toCompletableFuture();
    var ended = engine.system().getWhenTerminated().toCompletableFuture();
    if (!clustered) {
      var _ = ready.orTimeout(READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }
    try {
      var _ = CompletableFuture.anyOf(ready, ended).join();
    } catch (CompletionException e) {
      throw new CannotStartException("The engine does not come up; its log says why.", e);
    }
    if (!ready.isDone()) {
      throw new CannotStartException("The engine has ended; its log says why.");
    }
    awaitAnswer(engine.engine());
  }

  /** A question about a run that nobody has is answered once the engine's actors have a place. */
  private static void awaitAnswer(Engine engine) {
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

  private static Gateway bind(RunningEngine engine, GatewayConfig config, NodeControls controls) {
    try {
      return Gateway.start(engine.system(), engine.engine(), config, controls)
          .toCompletableFuture()
          .join();
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
