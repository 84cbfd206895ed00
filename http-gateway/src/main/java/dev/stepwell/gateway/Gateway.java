package dev.stepwell.gateway;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.Engine;
import dev.stepwell.gateway.apps.PingConfig;
import dev.stepwell.gateway.cluster.NodeControls;
import dev.stepwell.gateway.http.Admission;
import dev.stepwell.gateway.http.Bodies;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.Flow;

/** The door to the engine over HTTP. */
public final class Gateway {

  /** Ours comes first; Pekko's own answer to a request that takes too long is for bugs. */
  private static final Duration AFTER_OUR_TIMEOUT = Duration.ofSeconds(10);

  private final ServerBinding binding;
  private final Admission admission;

  private Gateway(ServerBinding binding, Admission admission) {
    this.binding = binding;
    this.admission = admission;
  }

  /**
   * Opens the door. The stage completes once requests are taken, and fails with a {@link
   * BindException} that says what to do if the address is taken or isn't this machine's.
   */
  public static CompletionStage<Gateway> start(
      ActorSystem<?> system, Engine engine, GatewayConfig config, NodeControls controls) {
    var admission = new Admission(config.maxRequestsUnderWay(), config.maxBytesUnderWay());
    var bodies =
        new Bodies(
            SystemMaterializer.get(system).materializer(),
            config.maxBodyBytes(),
            config.bodyTimeout());
    var pings = PingConfig.from(system.settings().config());
    var routes = Routes.of(engine, config, bodies, InstantSource.system(), controls, pings);
    var router = new Router(routes, admission, bodies, config.requestTimeout());
    return Http.get(system)
        .newServerAt(config.host(), config.port())
        .withSettings(settings(system.settings().config(), config))
        .bindFlow(connection(router, config))
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(explained(failure, config)))
        .thenApply(binding -> new Gateway(binding, admission));
  }

  /** Where requests are taken. */
  public InetSocketAddress address() {
    return binding.localAddress();
  }

  /** The port, also if the system chose it. */
  public int port() {
    return address().getPort();
  }

  /** Requests that have been let in and not been answered yet; for metrics. */
  public int requestsUnderWay() {
    return admission.requestsUnderWay();
  }

  /** Bytes of bodies for which room is taken; for metrics. */
  public long bytesUnderWay() {
    return admission.bytesUnderWay();
  }

  /**
   * Closes the door: takes no more connections and requests, lets those under way be answered, and
   * breaks off what is not after {@code grace}. The stage completes when all connections are gone.
   */
  public CompletionStage<Void> stop(Duration grace) {
    var atLeastSomething = grace.isPositive() ? grace : Duration.ofMillis(1);
    return binding.terminate(atLeastSomething).thenAccept(_ -> {});
  }

  /**
   * One connection. Pekko has no deadline for headers: a byte a minute would hold a connection for
   * ever. Here the next request must be complete to its last header in time, or the connection ends
   * as if the client had closed it.
   */
  private static Flow<HttpRequest, HttpResponse, NotUsed> connection(
      Router router, GatewayConfig config) {
    return Flow.of(HttpRequest.class)
        .initialTimeout(config.firstRequestTimeout())
        .idleTimeout(config.idleTimeout())
        .onErrorComplete(TimeoutException.class)
        .mapAsync(1, router::handle);
  }

  private static ServerSettings settings(Config root, GatewayConfig config) {
    var timeouts =
        ConfigFactory.parseMap(
            Map.of(
                "pekko.http.server.idle-timeout",
                config.idleTimeout().toMillis() + " ms",
                "pekko.http.server.request-timeout",
                config.requestTimeout().plus(AFTER_OUR_TIMEOUT).toMillis() + " ms"));
    return ServerSettings.create(
        timeouts.withFallback(root.getConfig("stepwell.gateway.transport")).withFallback(root));
  }

  private static Throwable explained(Throwable failure, GatewayConfig config) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    var explained =
        new BindException(
            """
            Can't listen on %s port %d: %s. If another program has the port, stop it or set \
            stepwell.gateway.port to another.\
            """
                .formatted(config.host(), config.port(), cause));
    explained.initCause(failure);
    return explained;
  }
}
