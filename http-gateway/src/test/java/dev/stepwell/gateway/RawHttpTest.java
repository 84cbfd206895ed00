package dev.stepwell.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that no HTTP client would send. In them {@code ~} stands for the end of a line, and an
 * apostrophe for a quotation mark.
 */
class RawHttpTest {

  private static final long SEED = 20_260_101;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

  private static Fixture fixture;

  @BeforeAll
  static void open() {
    fixture = new Fixture("first-request-timeout = 2 s");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /e/k HTTP/1.1~Host: a~Content-Length: 12~Transfer-Encoding: chunked~~0~~",
        "POST /e/k HTTP/1.1~Host: a~Transfer-Encoding: chunked~Content-Length: 12~~0~~",
        "POST /e/k HTTP/1.1~Host: a~Content-Length: 12~Content-Length: 13~~{'name':'a'}",
        "POST /e/k HTTP/1.1~Host: a~Content-Length: -1~~",
        "POST /e/k HTTP/1.1~Host: a~Content-Length: +12~~{'name':'a'}",
        "POST /e/k HTTP/1.1~Host: a~Content-Length: 0x0c~~{'name':'a'}",
        "POST /e/k HTTP/1.1~Host: a~Content-Length: 99999999999999999999~~",
        "POST /e/k HTTP/1.1~Host: a~Content-Length : 12~~{'name':'a'}",
        "POST /e/k HTTP/1.1~Host: a~Transfer-Encoding: xchunked~~0~~",
        "POST /e/k HTTP/1.1~Host: a~Transfer-Encoding: chunked, identity~~0~~",
        "POST /e/k HTTP/1.1~Host: a~Transfer-Encoding: chunked~~zz~{'name':'a'}~0~~",
        "POST /e/k HTTP/1.1~Host: a~Transfer-Encoding: chunked~~fffffffffffffffff~a~0~~",
        "POST /e/k HTTP/1.1~Host: a~Transfer-Encoding: chunked~~-1~a~0~~",
        "POST /e/k HTTP/1.1~Content-Length: 12~~{'name':'a'}",
        "POST /e/k HTTP/1.1~Host: a~Host: b~Content-Length: 12~~{'name':'a'}",
        "POST /e/k HTTP/1.1~Host: a b~Content-Length: 12~~{'name':'a'}",
        "POST /e/k HTTP/9.9~Host: a~Content-Length: 12~~{'name':'a'}",
        "POST  /e/k HTTP/1.1~Host: a~Content-Length: 12~~{'name':'a'}",
        "POST /e/k~~",
        "NONSENSE /e/k HTTP/1.1~Host: a~~",
        "GET /v1/runs?limit=%zz HTTP/1.1~Host: a~~",
        "GET /v1/runs?limit=%ff HTTP/1.1~Host: a~~",
        "GET /v1/\u0001 HTTP/1.1~Host: a~~",
        "GET /v1/runs/%00 HTTP/1.1~Host: a~~",
        "GET /../../etc/passwd HTTP/1.1~Host: a~~",
        "GET http:///health HTTP/1.1~Host: a~~",
        "CONNECT a:80 HTTP/1.1~Host: a~~",
        "GET /health HTTP/1.1~Host: a~ folded: b~~",
        "GET /health HTTP/1.1~Host: a~Na(me: b~~",
        "GET /health HTTP/1.1~Host: a~X: \u0000~~",
        "~~~~GET / HTTP/1.1~~",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001~~"
      })
  void whatIsNotHttpIsA4xxAndHarmsNobody(String lines) throws IOException {
    var answer = exchange(raw(lines));

    assertThat(statuses(answer))
        .as(answer)
        .allMatch(status -> status >= 400 && status < 500 || status == 501 || status == 505);
    assertThat(fixture.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void headersBeyondAllMeasureAreA4xx() throws IOException {
    for (var headers :
        List.of(
            "X: y\r\n".repeat(100),
            "X: " + "y".repeat(10_000) + "\r\n",
            "X".repeat(100) + ": y\r\n")) {
      var answer = exchange("GET /health HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n");

      assertThat(statuses(answer)).singleElement().matches(status -> status / 100 == 4);
    }
    assertThat(statuses(exchange("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n")))
        .containsExactly(414);
  }

  @Test
  void requestsInOneGoAreAnsweredInTheirOrder() throws IOException {
    var event = "POST /e/k HTTP/1.1~Host: a~Content-Length: 12~~{'name':'a'}";
    var nothing = "GET /nothing HTTP/1.1~Host: a~~";
    var last = "GET /health HTTP/1.1~Host: a~Connection: close~~";

    var answer = exchange(raw(event + nothing + event + last));

    assertThat(statuses(answer)).containsExactly(200, 404, 200, 200);
  }

  @Test
  void aBodyInChunksIsABody() throws IOException {
    var head = "POST /e/k HTTP/1.1~Host: a~Connection: close~Transfer-Encoding: chunked~~";

    var answer = exchange(raw(head + "1~{~b;ext=1~'name':'a'}~0~Trailer: x~~"));

    assertThat(statuses(answer)).containsExactly(200);
  }

  @Test
  void http10IsAnsweredAndClosed() throws IOException {
    assertThat(statuses(exchange(raw("GET /health HTTP/1.0~~")))).containsExactly(200);
  }

  @Test
  void changedRequestsAreNeverAnswered500() throws IOException {
    var random = new Random(SEED);
    var head = "POST /e/k HTTP/1.1~Host: a~Content-Length: 12~Content-Type: application/json~";
    var seed = "x-inngest-event-id-seed: 1760000000000,AAAAAAAAAAAAAA==~~";
    var good = raw(head + seed + "{'name':'a'}");
    for (var round = 0; round < 1_000; round++) {
      var changed = new StringBuilder(good);
      for (var n = 1 + random.nextInt(3); n > 0; n--) {
        var at = random.nextInt(changed.length());
        switch (random.nextInt(3)) {
          case 0 -> changed.setCharAt(at, (char) random.nextInt(256));
          case 1 -> changed.deleteCharAt(at);
          default -> changed.insert(at, "\r\n:, /\u00ff0".charAt(random.nextInt(8)));
        }
      }

      assertThat(statuses(exchange(changed.toString())))
          .as("seed %d, round %d: %s", SEED, round, changed)
          .noneMatch(status -> status == 500);
    }
  }

  private static String raw(String lines) {
    return lines.replace("~", "\r\n").replace('\'', '"');
  }

  /** Sends, says that this was all, and reads what comes back. */
  private static String exchange(String request) throws IOException {
    try (var socket = fixture.socket()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return Fixture.readAll(socket);
    }
  }

  private static List<Integer> statuses(String answer) {
    return STATUS.matcher(answer).results().map(found -> Integer.valueOf(found.group(1))).toList();
  }
}
