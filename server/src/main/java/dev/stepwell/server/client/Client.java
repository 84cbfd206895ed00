package dev.stepwell.server.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks one server. Every method fails with a {@link ServerException} that people can read. */
public final class Client implements AutoCloseable {

  /** Reads and writes all JSON of the command line. */
  public static final ObjectMapper JSON = JsonMapper.builder().build();

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);
  private static final int ERRORS_FROM = 400;

  private final URI server;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_WITHIN)
          .build();

  /**
   * A client.
   *
   * @param server as in {@code http://127.0.0.1:8288}
   */
  public Client(URI server) {
    this.server = server;
  }

  /** What is at {@code path}, as the server has it. */
  public JsonNode get(String path) throws ServerException {
    return ask(request(path).GET().build());
  }

  /** What {@code path} answers to {@code body}. */
  public JsonNode post(String path, byte[] body) throws ServerException {
    return ask(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  public void delete(String path) throws ServerException {
    var _ = ask(request(path).DELETE().build());
  }

  /** {@code text} as a part of a path. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A query of those parameters that have a value, with its question mark. */
  public static String query(Map<String, Optional<String>> parameters) {
    var query =
        parameters.entrySet().stream()
            .filter(parameter -> parameter.getValue().isPresent())
            .map(parameter -> parameter.getKey() + "=" + segment(parameter.getValue().get()))
            .sorted()
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  private HttpRequest.Builder request(String path) {
    var base = server.toString();
    var root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return HttpRequest.newBuilder(URI.create(root + path)).timeout(ANSWER_WITHIN);
  }

  private JsonNode ask(HttpRequest request) throws ServerException {
    var response = send(request);
    var body = parse(response);
    if (response.statusCode() >= ERRORS_FROM) {
      throw ServerException.refused(response.statusCode(), sentence(response, body));
    }
    return body;
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws ServerException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw ServerException.unreachable("Interrupted while asking " + server);
    } catch (IOException _) {
      throw ServerException.unreachable(
          "No Stepwell server answers at %s. Start one with 'stepwell dev', or name another with --url."
              .formatted(server));
    }
  }

  private JsonNode parse(HttpResponse<byte[]> response) throws ServerException {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException _) {
      throw ServerException.refused(
          response.statusCode(),
          "%s answers, but not as a Stepwell server does (status %d)."
              .formatted(server, response.statusCode()));
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  private static String sentence(HttpResponse<?> response, JsonNode body) {
    var said = body.path("detail").asText(body.path("error").asText());
    return said.isEmpty() ? "The server answers with status " + response.statusCode() : said;
  }

  @Override
  public void close() {
    http.close();
  }
}
