package dev.stepwell.server.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A server over HTTP, or several that are one engine: each is asked in turn, and none is different.
 */
final class Api implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int OK = 200;
  private static final int MALFORMED = 400;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final List<String> urls;
  private final AtomicInteger turn = new AtomicInteger();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  Api(int... ports) {
    this.urls = IntStream.of(ports).mapToObj(port -> "http://127.0.0.1:" + port).toList();
  }

  boolean isReady() throws InterruptedException {
    try {
      return answer(request("/health").timeout(Duration.ofSeconds(2)).build()).status() == OK;
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * Sends a request.
   *
   * @return whether it was acknowledged
   */
  boolean send(Request request) throws InterruptedException {
    var http =
        request("/e/crash")
            .header("x-inngest-event-id-seed", request.seed())
            .POST(BodyPublishers.ofString(request.body()))
            .build();
    try {
      var answer = answer(http);
      if (answer.status() == MALFORMED) {
        throw new IllegalStateException("refused: " + answer.body());
      }
      return answer.status() == OK && answer.body().path("ids").size() == request.events();
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * Sends one event, without an id of the sender's.
   *
   * @return whether it was acknowledged
   */
  boolean post(String body) throws InterruptedException {
    try {
      return answer(request("/e/crash").POST(BodyPublishers.ofString(body)).build()).status() == OK;
    } catch (IOException _) {
      return false;
    }
  }

  JsonNode get(String path) throws InterruptedException {
    try {
      var answer = answer(request(path).build());
      if (answer.status() != OK) {
        throw new IllegalStateException(path + " was answered with " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException(path + " was not answered", e);
    }
  }

  /** All items of a list, page by page. */
  List<JsonNode> all(String path) throws InterruptedException {
    var items = new ArrayList<JsonNode>();
    var cursor = "";
    do {
      var page = get(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      page.path("data").forEach(items::add);
      var next = page.path("page").path("cursor").asText("");
      cursor = URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (!cursor.isEmpty());
    return items;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(nextUrl() + path)).timeout(PATIENCE);
  }

  private String nextUrl() {
    return urls.get(Math.floorMod(turn.getAndIncrement(), urls.size()));
  }

  private record Answer(int status, JsonNode body) {}

  private Answer answer(HttpRequest request) throws IOException, InterruptedException {
    var response = client.send(request, BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
