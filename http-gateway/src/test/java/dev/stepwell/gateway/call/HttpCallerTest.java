package dev.stepwell.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.port.FunctionCaller.Answered;
import dev.stepwell.engine.port.FunctionCaller.Call;
import dev.stepwell.engine.port.FunctionCaller.Reply;
import dev.stepwell.engine.port.FunctionCaller.Unanswered;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls to apps that are real HTTP servers. */
class HttpCallerTest {

  private static final Ulid RUN = Ulid.parse("01KDWK0000R0000000000000R1");
  private static final Json BODY = Json.of("{\"b\":1.0,\"a\":\"é\"}");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static ActorTestKit kit;

  private HttpServer server;

  @BeforeAll
  static void startSystem() {
    kit = ActorTestKit.create(ConfigFactory.load());
  }

  @AfterAll
  static void stopSystem() {
    kit.shutdownTestKit();
  }

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private static CallConfig config() {
    return CallConfig.from(ConfigFactory.load());
  }

  private static CallConfig config(Duration timeout, int perHost, long maxBytes, boolean inside) {
    return new CallConfig(timeout, Duration.ofSeconds(2), perHost, maxBytes, 3, inside);
  }

  private static HttpCaller caller(CallConfig config, Optional<SigningKey> key) {
    return new HttpCaller(kit.system(), config, key, InstantSource.fixed(NOON));
  }

  private String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  private static Call call(String url, String target) {
    return new Call(url, RUN, RUN, target, 2, BODY);
  }

  private static Reply reply(HttpCaller caller, Call call) {
    return caller.call(call).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("x-inngest-sdk", "inngest-js:v4");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String code(Reply reply) {
    return reply instanceof Unanswered unanswered ? unanswered.code() : reply.toString();
  }

  @Test
  void theBodyAndTheHeadersArriveAndTheAnswerIsRead() {
    var seen = new CompletableFuture<String>();
    server.createContext(
        "/api",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          seen.complete(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI().getQuery()
                  + " "
                  + headers.getFirst("X-Run-ID")
                  + " "
                  + headers.getFirst("X-inngest-req-version")
                  + " "
                  + headers.getFirst("Content-type")
                  + " "
                  + headers.getFirst("X-Inngest-Signature")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.getResponseHeaders().add("x-inngest-req-version", "2");
          exchange.getResponseHeaders().add("X-Inngest-No-Retry", "true");
          exchange.getResponseHeaders().add("Retry-After", "30");
          answer(exchange, 206, bytes("[]"));
        });

    var reply =
        reply(caller(config(), Optional.empty()), call(url("/api?fnId=f&stepId=step"), "c0ffee"));

    assertThat(seen.join())
        .isEqualTo("POST fnId=f&stepId=c0ffee " + RUN + " 2 application/json null " + BODY);
    assertThat(reply)
        .isInstanceOfSatisfying(
            Answered.class,
            answered -> {
              assertThat(answered.status()).isEqualTo(206);
              assertThat(answered.fromSdk()).isTrue();
              assertThat(answered.version()).hasValue(2);
              assertThat(answered.noRetry()).contains(true);
              assertThat(answered.retryAfter()).contains(Duration.ofSeconds(30));
              assertThat(answered.body()).isEqualTo(bytes("[]"));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "/api?fnId=f&stepId=step, fnId=f&stepId=c0ffee",
    "/api?fnId=f&step=step, fnId=f&step=step&stepId=c0ffee",
    "/api, stepId=c0ffee"
  })
  void whichStepIsToBeExecutedIsInTheQueryWhetherTheUrlHasAPlaceForItOrNot(
      String path, String query) {
    var seen = new CompletableFuture<String>();
    server.createContext(
        "/api",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          seen.complete(exchange.getRequestURI().getQuery());
          answer(exchange, 200, bytes("null"));
        });

    var _ = reply(caller(config(), Optional.empty()), call(url(path), "c0ffee"));

    assertThat(seen.join()).isEqualTo(query);
  }

  @Test
  void withAKeyTheCanonicalBodyIsSentAndSigned() {
    var key = SigningKey.parse("signkey-test-0123456789abcdef");
    var seen = new CompletableFuture<List<String>>();
    server.createContext(
        "/api",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          seen.complete(
              List.of(body, exchange.getRequestHeaders().getFirst("X-Inngest-Signature")));
          answer(exchange, 200, bytes("null"));
        });

    var _ = reply(caller(config(), Optional.of(key)), call(url("/api"), "step"));

    var canonical = Json.of("{\"a\":\"é\",\"b\":1}");
    assertThat(seen.join())
        .containsExactly(canonical.toString(), key.signature(canonical, NOON.getEpochSecond()));
  }

  @ParameterizedTest
  @CsvSource({"301", "302", "303", "307", "308"})
  void aRedirectKeepsMethodAndBody(int status) {
    server.createContext(
        "/old",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Location", "/new");
          answer(exchange, status, bytes("moved"));
        });
    server.createContext(
        "/new",
        exchange -> {
          var body = exchange.getRequestBody().readAllBytes();
          answer(exchange, exchange.getRequestMethod().equals("POST") ? 200 : 405, body);
        });

    assertThat(reply(caller(config(), Optional.empty()), call(url("/old"), "step")))
        .isInstanceOfSatisfying(
            Answered.class, answered -> assertThat(answered.body()).isEqualTo(BODY.utf8()));
  }

  @Test
  void redirectsInACircleAreGivenUp() {
    server.createContext(
        "/round",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Location", url("/round"));
          answer(exchange, 302, bytes(""));
        });

    assertThat(code(reply(caller(config(), Optional.empty()), call(url("/round"), "step"))))
        .isEqualTo("too_many_redirects");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "   {\"status\":206,\"headers\":{\"X-Inngest-Req-Version\":\"1\"},\"body\":\"[{}]\"}|206|[{}]",
        "{\"status\":200,\"body\":{\"a\":[1,2.50]}}|200|{\"a\":[1,2.50]}",
        "{\"status\":500,\"error\":{\"name\":\"E\"},\"noRetry\":true}|500|{\"name\":\"E\"}",
        "{\"error\":\"boom\"}|500|boom"
      })
  void aStreamedAnswerIsTheOneInside(String streamed, int status, String body) {
    server.createContext(
        "/stream",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          answer(exchange, 201, bytes(streamed));
        });

    assertThat(reply(caller(config(), Optional.empty()), call(url("/stream"), "step")))
        .isInstanceOfSatisfying(
            Answered.class,
            answered -> {
              assertThat(answered.status()).isEqualTo(status);
              assertThat(answered.body()).isEqualTo(bytes(body));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{|x", "[]|x", "{\"body\":1}|x", "' '|x"})
  void aStreamWithoutAnAnswerIsNone(String streamed, String ignored) {
    server.createContext(
        "/stream",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          answer(exchange, 201, bytes(streamed));
        });

    assertThat(code(reply(caller(config(), Optional.empty()), call(url("/stream"), "step"))))
        .as(ignored)
        .isEqualTo("invalid_stream");
  }

  @Test
  void aCompressedAnswerIsRead() {
    server.createContext(
        "/zip",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          var zipped = new ByteArrayOutputStream();
          try (var out = new GZIPOutputStream(zipped)) {
            out.write(bytes("\"hello\""));
          }
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          answer(exchange, 200, zipped.toByteArray());
        });

    assertThat(reply(caller(config(), Optional.empty()), call(url("/zip"), "step")))
        .isInstanceOfSatisfying(
            Answered.class, answered -> assertThat(answered.body()).isEqualTo(bytes("\"hello\"")));
  }

  @Test
  void anAnswerThatIsTooLongOrTooLateIsNone() {
    server.createContext(
        "/long",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          answer(exchange, 200, new byte[2_000]);
        });
    server.createContext(
        "/late", _ -> new CompletableFuture<>().orTimeout(5, TimeUnit.SECONDS).join());
    var caller = caller(config(Duration.ofMillis(800), 8, 1_000, true), Optional.empty());

    assertThat(code(reply(caller, call(url("/long"), "step")))).isEqualTo("output_too_large");
    assertThat(code(reply(caller, call(url("/late"), "step")))).isEqualTo("timeout");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:1/api, unreachable",
    "http://no-such-host.invalid/api, unreachable",
    "ftp://localhost/api, unsupported_protocol",
    "localhost:3000, unsupported_protocol",
    "http://, invalid_url",
    "http:///api, invalid_url",
    "not a url, invalid_url",
    "'', unsupported_protocol"
  })
  void whoCannotBeCalledIsUnanswered(String url, String code) {
    assertThat(code(reply(caller(config(), Optional.empty()), call(url, "step")))).isEqualTo(code);
  }

  @Test
  void withoutPrivateNetworksNoNameLeadsInside() {
    var caller = caller(config(Duration.ofSeconds(5), 8, 1_000, false), Optional.empty());
    var port = server.getAddress().getPort();

    for (var host :
        List.of(
            "localhost",
            "127.0.0.1",
            "0.0.0.0",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "169.254.169.254",
            "10.0.0.1")) {
      assertThat(code(reply(caller, call("http://" + host + ":" + port + "/api", "step"))))
          .as(host)
          .isEqualTo("forbidden_address");
    }
  }

  @Test
  void aSlowHostHasItsOwnLineAndAnotherIsNotInIt() throws IOException {
    var underWay = new AtomicInteger();
    var most = new AtomicInteger();
    var open = new CompletableFuture<Void>();
    server.createContext(
        "/slow",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          open.join();
          underWay.decrementAndGet();
          answer(exchange, 200, bytes("1"));
        });
    var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    other.createContext("/quick", exchange -> answer(exchange, 200, bytes("2")));
    other.start();
    try {
      var caller = caller(config(Duration.ofSeconds(30), 8, 1_000, true), Optional.empty());
      var slow = new ArrayList<CompletableFuture<Reply>>();
      for (var i = 0; i < 500; i++) {
        slow.add(caller.call(call(url("/slow"), "step")).toCompletableFuture());
      }
      var quick = "http://localhost:" + other.getAddress().getPort() + "/quick";
      assertThat(reply(caller, call(quick, "step"))).isInstanceOf(Answered.class);
      assertThat(slow).noneMatch(CompletableFuture::isDone);

      open.complete(null);
      assertThat(slow).allSatisfy(it -> assertThat(it.join()).isInstanceOf(Answered.class));
      assertThat(most.get()).isLessThanOrEqualTo(8);
    } finally {
      other.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30|30",
        "0|1",
        "-5|1",
        "9999999|86400",
        "2026-01-01T12:01:00Z|60",
        "2026-01-01T12:01:00.500Z|60",
        "2026-01-01T13:02:00+01:00|120",
        "2026-01-01T12:01:00|60",
        "'Thu, 1 Jan 2026 12:00:30 GMT'|30",
        "2026-01-03|86400",
        "soon|",
        "sometime soon|"
      })
  void whenToTryAgainIsReadInManyForms(String text, Integer seconds) {
    assertThat(RetryAfter.parse(text, NOON).map(Duration::toSeconds))
        .isEqualTo(Optional.ofNullable(seconds).map(Integer::longValue));
  }
}
