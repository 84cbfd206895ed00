package dev.stepwell.gateway.call;

import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.port.FunctionCaller;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.gateway.call.GuardedTransport.ForbiddenAddressException;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.event.Logging;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.coding.Coder;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.settings.ConnectionPoolSettings;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;

/** Calls apps over HTTP. */
public final class HttpCaller implements FunctionCaller {

  private static final String STEP_ID = "stepId";
  private static final int REDIRECT_MIN = 300;
  private static final int REDIRECT_MAX = 308;

  private final Http http;
  private final LoggingAdapter log;
  private final Materializer materializer;
  private final CallConfig config;
  private final Optional<SigningKey> key;
  private final InstantSource clock;
  private final ConnectionPoolSettings pools;
  private final HostLines lines;

  /**
   * A caller.
   *
   * @param key signs what is called, if there is one
   */
  public HttpCaller(
      ActorSystem<?> system, CallConfig config, Optional<SigningKey> key, InstantSource clock) {
    this.http = Http.get(system);
    this.log = Logging.getLogger(Adapter.toClassic(system), HttpCaller.class);
    this.materializer = SystemMaterializer.get(system).materializer();
    this.config = config;
    this.key = key;
    this.clock = clock;
    this.lines = new HostLines(config.connectionsPerHost());
    this.pools = pools(system, config);
  }

  private static ConnectionPoolSettings pools(ActorSystem<?> system, CallConfig config) {
    var own =
        ConfigFactory.parseMap(
            Map.of(
                "pekko.http.host-connection-pool.max-connections",
                config.connectionsPerHost(),
                // A power of two; more than are let in at once.
                "pekko.http.host-connection-pool.max-open-requests",
                Integer.highestOneBit(config.connectionsPerHost()) * 4,
                "pekko.http.host-connection-pool.client.connecting-timeout",
                config.connectTimeout().toMillis() + " ms",
                "pekko.http.host-connection-pool.client.idle-timeout",
                config.timeout().plusMinutes(1).toMillis() + " ms"));
    var root = system.settings().config();
    var pools =
        ConnectionPoolSettings.create(
            own.withFallback(root.getConfig("stepwell.gateway.calls.transport"))
                .withFallback(root));
    return config.privateNetworks() ? pools : pools.withTransport(new GuardedTransport());
  }

  @Override
  public CompletionStage<Reply> call(Call call) {
    URI uri;
    try {
      uri = target(call);
    } catch (IllegalArgumentException e) {
      return unanswered("invalid_url", "'%s' is no URL: %s".formatted(call.url(), e.getMessage()));
    }
    if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      return unanswered("unsupported_protocol", "%s is not http or https".formatted(uri));
    }
    if (uri.getHost() == null) {
      return unanswered("invalid_url", "%s names no host".formatted(uri));
    }
    var body = key.isPresent() ? CanonicalJson.of(call.body()) : call.body();
    return send(uri, call, body, config.maxRedirects())
        .toCompletableFuture()
        .orTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(this::read)
        .exceptionally(failure -> failed(uri, failure));
  }

  private static CompletionStage<Reply> unanswered(String code, String message) {
    return CompletableFuture.completedStage(new Unanswered(code, message));
  }

  /** The URL, with the step that is to be executed in its query; not all SDKs leave it a place. */
  private static URI target(Call call) {
    var url = call.url();
    if (call.target().equals(NO_TARGET)) {
      return URI.create(url);
    }
    var place = STEP_ID + "=" + NO_TARGET;
    var param = STEP_ID + "=" + call.target();
    return URI.create(
        url.contains(place)
            ? url.replace(place, param)
            : url + (url.contains("?") ? "&" : "?") + param);
  }

  /** Sends it, to wherever that leads; always the same method, body and headers. */
  private CompletionStage<Answer> send(URI uri, Call call, Json body, int redirects) {
    return lines
        .inTurn(
            uri.getScheme() + "://" + uri.getAuthority(), () -> exchange(request(uri, call, body)))
        .thenCompose(answer -> {
          var location = answer.header("location");
          if (!isRedirect(answer.status()) || location.isEmpty()) {
            return CompletableFuture.completedStage(answer);
          }
          if (redirects == 0) {
            throw new CallException("too_many_redirects", uri + " leads on and on");
          }
          return send(uri.resolve(location.get()), call, body, redirects - 1);
        });
  }

  private static boolean isRedirect(int status) {
    return status > REDIRECT_MIN && status <= REDIRECT_MAX && status != 304 && status != 306;
  }

  private HttpRequest request(URI uri, Call call, Json body) {
    var request =
        HttpRequest.create(uri.toString())
            .withMethod(HttpMethods.POST)
            .withEntity(ContentTypes.APPLICATION_JSON, body.utf8())
            .addHeader(RawHeader.create("Accept-Encoding", "gzip, deflate"))
            .addHeader(RawHeader.create("X-Run-ID", call.run().toString()))
            .addHeader(RawHeader.create("x-request-id", call.request().toString()))
            .addHeader(RawHeader.create("x-inngest-req-version", Integer.toString(call.version())))
            .addHeader(RawHeader.create("X-Inngest-Step-ID", call.target()));
    return key.map(it -> it.signature(body, clock.instant().getEpochSecond()))
        .map(signature -> request.addHeader(RawHeader.create("X-Inngest-Signature", signature)))
        .orElse(request);
  }

  private CompletionStage<Answer> exchange(HttpRequest request) {
    return http.singleRequest(request, http.defaultClientHttpsContext(), pools, log)
        .thenCompose(this::readBody);
  }

  private CompletionStage<Answer> readBody(HttpResponse response) {
    var headers = new HashMap<String, String>();
    response.getHeaders().forEach(header -> headers.put(header.name(), header.value()));
    return coder(headers)
        .decodeMessage(response)
        .entity()
        .withSizeLimit(config.maxResponseBytes())
        .toStrict(config.timeout().toMillis(), materializer)
        .thenApply(entity ->
            new Answer(
                response.status().intValue(),
                headers,
                entity.getContentType().toString(),
                entity.getData().toArrayUnsafe()));
  }

  private static Coder coder(Map<String, String> headers) {
    var encoding = new Answer(0, headers, "", new byte[0]).header("content-encoding");
    return switch (encoding.orElse("")) {
      case "gzip" -> Coder.Gzip;
      case "deflate" -> Coder.Deflate;
      default -> Coder.NoCoding;
    };
  }

  private Reply read(Answer outer) {
    try {
      var fromSdk = outer.header("x-inngest-sdk").isPresent();
      var answer = fromSdk && outer.status() == Streamed.STATUS ? Streamed.inside(outer) : outer;
      return new Answered(
          answer.status(),
          fromSdk,
          answer
              .header("x-inngest-req-version")
              .map(HttpCaller::number)
              .orElse(OptionalInt.empty()),
          answer.header("x-inngest-no-retry").map(Boolean::parseBoolean),
          answer.header("retry-after").flatMap(it -> RetryAfter.parse(it, clock.instant())),
          answer.contentType(),
          answer.body());
    } catch (IOException e) {
      return new Unanswered(
          "invalid_stream", "The streamed answer can't be read: " + e.getMessage());
    }
  }

  private static OptionalInt number(String text) {
    try {
      return OptionalInt.of(Integer.parseInt(text));
    } catch (NumberFormatException _) {
      return OptionalInt.empty();
    }
  }

  private Reply failed(URI uri, Throwable failure) {
    var cause = cause(failure);
    var where = uri.getAuthority();
    return switch (cause) {
      case CallException it -> new Unanswered(it.code, String.valueOf(it.getMessage()));
      case ForbiddenAddressException it ->
          new Unanswered("forbidden_address", String.valueOf(it.getMessage()));
      case EntityStreamSizeException _ ->
          new Unanswered(
              "output_too_large",
              "The answer of %s has more than %,d bytes"
                  .formatted(where, config.maxResponseBytes()));
      case TimeoutException _ ->
          new Unanswered(
              "timeout", "%s has not answered within %s".formatted(where, config.timeout()));
      case UnknownHostException _ ->
          new Unanswered("unreachable", "There is no host " + uri.getHost());
      default -> new Unanswered("unreachable", "%s can't be reached: %s".formatted(where, cause));
    };
  }

  /** The pool wraps what it is told by a connection. */
  private static Throwable cause(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null && !(cause instanceof TimeoutException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static final class CallException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;

    private CallException(String code, String message) {
      super(message);
      this.code = code;
    }
  }
}
