package dev.stepwell.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.gateway.cluster.NodeControls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A gateway on a port of its own, the engine behind it, and clients before it. */
final class Fixture implements AutoCloseable {

  static final JsonMapper MAPPER = new JsonMapper();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Shared by all tests, as it takes longer to start than they do. */
  static final ActorSystem<Void> SYSTEM = ActorSystem.create(Behaviors.empty(), "gateway-test");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final LittleEngine engine = new LittleEngine();

  /** How often somebody has had the node leave. */
  final AtomicInteger drains = new AtomicInteger();

  final Gateway gateway;

  Fixture() {
    this("");
  }

  /** A gateway with lines of configuration that go before those in {@code reference.conf}. */
  Fixture(String lines) {
    this(lines, _ -> true);
  }

  Fixture(String lines, Predicate<String> eventKeys) {
    var config =
        ConfigFactory.parseString("stepwell.gateway { port = 0 \n" + lines + "\n}")
            .withFallback(SYSTEM.settings().config());
    gateway =
        Gateway.start(
                SYSTEM,
                engine,
                GatewayConfig.from(config).withEventKeys(eventKeys),
                new NodeControls(drains::incrementAndGet, () -> "runs_total 7\n"))
            .toCompletableFuture()
            .join();
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send("POST", path, body.getBytes(UTF_8), headers);
  }

  HttpResponse<String> get(String path) {
    return send("GET", path, new byte[0]);
  }

  HttpResponse<String> delete(String path) {
    return send("DELETE", path, new byte[0]);
  }

  HttpResponse<String> send(String method, String path, byte[] body, String... headers) {
    var publisher = body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    return send(request(path, headers).method(method, publisher).build());
  }

  HttpRequest.Builder request(String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
            .timeout(PATIENCE);
    return headers.length == 0 ? request : request.headers(headers);
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(request + " was not answered", e);
    }
  }

  /** A socket to the gateway; what is written to it is up to the test. */
  Socket socket() throws IOException {
    var socket = new Socket(gateway.address().getAddress(), gateway.port());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  /** Everything that comes back for these bytes until the gateway closes the connection. */
  String raw(String request) throws IOException {
    try (var socket = socket()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return readAll(socket);
    }
  }

  /** What comes until the connection is closed or reset. */
  static String readAll(Socket socket) throws IOException {
    var answer = new ByteArrayOutputStream();
    var buffer = new byte[8_192];
    try {
      for (var n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        answer.write(buffer, 0, n);
      }
    } catch (SocketException _) {
      // Reset: what came before counts.
    }
    return answer.toString(UTF_8);
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return MAPPER.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response + " is no JSON: " + response.body(), e);
    }
  }

  @Override
  public void close() {
    gateway.stop(Duration.ZERO).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
