package dev.stepwell.gateway.http;

import dev.stepwell.engine.wire.JsonWriter;
import dev.stepwell.gateway.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;

/** Builds answers: nothing but a status, JSON with a status, and problems. */
public final class Answers {

  private static final ContentType PROBLEM_JSON = ContentTypes.parse("application/problem+json");

  private static final ContentType PROMETHEUS =
      ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");

  private Answers() {}

  public static HttpResponse empty(int status) {
    return HttpResponse.create().withStatus(status);
  }

  public static HttpResponse object(int status, Consumer<JsonWriter> members) {
    return bytes(status, ContentTypes.APPLICATION_JSON, JsonWriter.object(members));
  }

  /** Text in Prometheus' format, version 0.0.4. */
  public static HttpResponse metrics(String text) {
    return bytes(200, PROMETHEUS, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes {@code json} over. */
  public static HttpResponse json(int status, byte[] json) {
    return bytes(status, ContentTypes.APPLICATION_JSON, json);
  }

  /**
   * Problem details as of RFC 9457, with the members {@code code}, {@code error} and {@code status}
   * that clients of Inngest read.
   */
  public static HttpResponse problem(Problem problem) {
    var body =
        JsonWriter.object(out ->
            out.text("code", problem.code().wire())
                .text("title", problem.code().title())
                .text("error", problem.sentence())
                .text("detail", problem.sentence() + ". " + problem.code().advice())
                .number("status", problem.status()));
    return retryAfter(bytes(problem.status(), PROBLEM_JSON, body), problem.retryAfter());
  }

  /** The response with a Retry-After in whole seconds, 1 at least, if there is anything to wait. */
  public static HttpResponse retryAfter(HttpResponse response, Optional<Duration> wait) {
    return wait.map(
            duration -> {
              var seconds = Math.max(1, duration.plusMillis(999).toSeconds());
              return response.addHeader(RawHeader.create("Retry-After", Long.toString(seconds)));
            })
        .orElse(response);
  }

  private static HttpResponse bytes(int status, ContentType type, byte[] body) {
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(HttpEntities.create(type, ByteString.fromArrayUnsafe(body)));
  }
}
