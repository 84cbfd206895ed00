package dev.stepwell.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An app that does what SDKs do when they are asked: registers, and says how that went. */
final class SdkDouble implements AutoCloseable {

  /** A request to register. */
  record Ping(String serverKind, String contentType, String body) {}

  final Queue<Ping> pings = new ConcurrentLinkedQueue<>();

  /** Answers with this status instead of registering, if it is not 200. */
  volatile int status = 200;

  volatile Runnable before = () -> {};

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Fixture fixture;
  private final String name;
  private final HttpServer server;

  /**
   * An app of that name.
   *
   * @param port 0 lets the system choose
   */
  SdkDouble(Fixture fixture, String name, int port) throws IOException {
    this.fixture = fixture;
    this.name = name;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/api/inngest", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://localhost:" + port() + "/api/inngest";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      var answer = "{}";
      if (exchange.getRequestMethod().equals("PUT")) {
        var headers = exchange.getRequestHeaders();
        pings.add(
            new Ping(
                headers.getOrDefault("X-Inngest-Server-Kind", List.of("")).getFirst(),
                headers.getOrDefault("Content-Type", List.of("")).getFirst(),
                body));
        before.run();
        if (status == 200) {
          answer = fixture.post("/fn/register", registration()).body();
        }
      }
      exchange.getResponseHeaders().add("x-inngest-sdk", "inngest-js:v4.18.1");
      exchange.sendResponseHeaders(status, 0);
      exchange.getResponseBody().write(answer.getBytes(UTF_8));
    }
  }

  private String registration() {
    return """
    {"appName":"%s","url":"%s","sdk":"js:v4.18.1","functions":[]}
    """
        .formatted(name, url());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
