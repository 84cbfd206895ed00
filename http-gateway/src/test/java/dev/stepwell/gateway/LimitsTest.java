package dev.stepwell.gateway;

import static dev.stepwell.gateway.Fixture.json;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to those who send too much, too slowly, or while others do. */
class LimitsTest {

  private static final String EVENT = "{\"name\":\"a\"}";
  private static final String SMALL = "max-event-size = 1000 B, max-body-size = 4000 B";

  @ParameterizedTest
  @ValueSource(ints = {4_001, 8_000})
  void aBodyBeyondTheLimitIsA413WhateverItsLength(int length) {
    try (var fixture = new Fixture(SMALL)) {
      var declared = fixture.post("/e/k", " ".repeat(length));
      var chunked =
          fixture.send(
              fixture
                  .request("/e/k")
                  .POST(
                      BodyPublishers.fromPublisher(
                          BodyPublishers.ofByteArray(" ".repeat(length).getBytes(UTF_8))))
                  .build());

      assertTooLarge(declared);
      assertTooLarge(chunked);
      assertNothingIsUnderWay(fixture);
    }
  }

  private static void assertTooLarge(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body())
        .isEqualTo(
            "{\"ids\":[],\"status\":413,\"error\":\"The body has more than the 4,000 bytes allowed\"}");
  }

  @Test
  void aBodyFarBeyondTheLimitIsNotWaitedFor() throws IOException {
    try (var fixture = new Fixture(SMALL)) {
      var answer =
          fixture.raw(head("POST /e/k HTTP/1.1", "Host: a", "Content-Length: 1000000") + "[");

      assertThat(answer).startsWith("HTTP/1.1 413 ").contains("Connection: close");
      assertNothingIsUnderWay(fixture);
    }
  }

  @Test
  void aBodyOfExactlyTheLimitIsRead() {
    try (var fixture = new Fixture(SMALL)) {
      var body = EVENT + " ".repeat(4_000 - EVENT.length());

      assertThat(fixture.post("/e/k", body).statusCode()).isEqualTo(200);
      assertThat(
              fixture
                  .send(
                      fixture
                          .request("/e/k")
                          .POST(
                              BodyPublishers.fromPublisher(
                                  BodyPublishers.ofByteArray(body.getBytes(UTF_8))))
                          .build())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void anEventBeyondTheLimitIsA413() {
    try (var fixture = new Fixture(SMALL)) {
      var large = "{\"name\":\"a\",\"data\":{\"x\":\"" + "y".repeat(1_000) + "\"}}";

      var response = fixture.post("/e/k", "[" + EVENT + "," + large + "]");

      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(json(response).get("error").textValue()).startsWith("Event 1 ");
      assertThat(fixture.engine.accepted()).isEmpty();
    }
  }

  @Test
  void whoAsksBeforeSendingTooMuchIsToldNotTo() throws IOException {
    try (var fixture = new Fixture(SMALL)) {
      var answer =
          fixture.raw(
              head(
                  "POST /e/k HTTP/1.1", "Host: a", "Content-Length: 5000", "Expect: 100-continue"));

      assertThat(answer).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void whoAsksBeforeSendingWhatIsAllowedIsToldToGoOn() throws IOException {
    try (var fixture = new Fixture(SMALL);
        var socket = fixture.socket()) {
      write(
          socket,
          head(
              "POST /e/k HTTP/1.1",
              "Host: a",
              "Content-Length: " + EVENT.length(),
              "Expect: 100-continue",
              "Connection: close"));
      var goOn = new String(socket.getInputStream().readNBytes(12), US_ASCII);
      write(socket, EVENT);

      assertThat(goOn).isEqualTo("HTTP/1.1 100");
      assertThat(Fixture.readAll(socket)).contains("HTTP/1.1 200 ");
    }
  }

  @Test
  void aBodyThatDripsIsAnswered408AndItsConnectionClosed() throws IOException {
    try (var fixture = new Fixture("body-timeout = 300 ms");
        var socket = fixture.socket()) {
      write(socket, head("POST /e/k HTTP/1.1", "Host: a", "Content-Length: 5000") + "[");

      assertThat(Fixture.readAll(socket)).startsWith("HTTP/1.1 408 ").contains("Connection: close");
      assertNothingIsUnderWay(fixture);
    }
  }

  @Test
  void aBodyThatDripsHoldsNoRouteThatDoesNotReadIt() throws IOException {
    try (var fixture = new Fixture("body-timeout = 300 ms");
        var socket = fixture.socket()) {
      write(socket, head("PUT /v1/runs HTTP/1.1", "Host: a", "Content-Length: 5000") + "[");

      assertThat(Fixture.readAll(socket)).contains("Connection: close");
      assertNothingIsUnderWay(fixture);
    }
  }

  @Test
  void aBodyThatBreaksOffLeavesNothingBehind() throws IOException {
    try (var fixture = new Fixture()) {
      try (var socket = fixture.socket()) {
        write(socket, head("POST /e/k HTTP/1.1", "Host: a", "Content-Length: 5000") + EVENT);
        await().until(() -> fixture.gateway.bytesUnderWay() == 5_000);
      }

      assertNothingIsUnderWay(fixture);
      assertThat(fixture.engine.accepted()).isEmpty();
    }
  }

  @Test
  void headersThatDripAreCutOff() throws IOException {
    try (var fixture = new Fixture("first-request-timeout = 300 ms");
        var socket = fixture.socket()) {
      write(socket, "POST /e/k HTTP/1.1\r\nHost: a\r\nX-Slow");

      assertThat(Fixture.readAll(socket)).isEmpty();
    }
  }

  @Test
  void headersThatDripAfterAGoodRequestAreCutOffToo() throws IOException {
    var timeouts = "body-timeout = 100 ms, request-timeout = 200 ms, idle-timeout = 400 ms";
    try (var fixture = new Fixture(timeouts);
        var socket = fixture.socket()) {
      write(socket, head("GET /health HTTP/1.1", "Host: a") + "GET /health HTTP/1.1\r\nHos");

      assertThat(Fixture.readAll(socket))
          .startsWith("HTTP/1.1 200 ")
          .doesNotContain("Connection: close");
    }
  }

  @Test
  void whenThereIsNoRoomForABodyItIsToldWhenToComeBackAndOthersGoOn() {
    var room = "max-body-size = 600000 B, max-bytes-under-way = 600000 B";
    try (var fixture = new Fixture(room)) {
      var gate = new CompletableFuture<Void>();
      fixture.engine.gate(gate);
      var large = EVENT + " ".repeat(400_000);
      var first = CompletableFuture.supplyAsync(() -> fixture.post("/e/k", large));
      await().until(() -> fixture.gateway.bytesUnderWay() == large.length());

      var second = fixture.post("/e/k", large);
      assertThat(fixture.get("/health").statusCode()).isEqualTo(200);
      gate.complete(null);

      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(json(second).get("status").intValue()).isEqualTo(503);
      assertThat(first.join().statusCode()).isEqualTo(200);
      assertThat(fixture.post("/e/k", large).statusCode()).isEqualTo(200);
      assertNothingIsUnderWay(fixture);
    }
  }

  @Test
  void whenTooManyRequestsAreUnderWayOnlyHealthIsAnswered() {
    try (var fixture = new Fixture("max-requests-under-way = 1")) {
      var gate = new CompletableFuture<Void>();
      fixture.engine.gate(gate);
      var first = CompletableFuture.supplyAsync(() -> fixture.post("/e/k", EVENT));
      await().until(() -> fixture.gateway.requestsUnderWay() == 1);

      var event = fixture.post("/e/k", EVENT);
      var question = fixture.get("/v1/runs");
      var health = fixture.get("/health");
      gate.complete(null);

      assertThat(event.statusCode()).isEqualTo(503);
      assertThat(event.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(json(event).get("ids")).isEmpty();
      assertThat(question.statusCode()).isEqualTo(503);
      assertThat(json(question).get("code").textValue()).isEqualTo("overloaded");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(first.join().statusCode()).isEqualTo(200);
      assertNothingIsUnderWay(fixture);
    }
  }

  @Test
  void anEngineThatDoesNotAnswerIsAnsweredFor() {
    try (var fixture = new Fixture("body-timeout = 100 ms, request-timeout = 200 ms")) {
      fixture.engine.gate(new CompletableFuture<Void>());

      var response = fixture.post("/e/k", EVENT);

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(json(response).get("error").textValue()).contains("did not answer in time");
      assertNothingIsUnderWay(fixture);
    }
  }

  private static void assertNothingIsUnderWay(Fixture fixture) {
    await().until(() -> fixture.gateway.bytesUnderWay() == 0);
    await().until(() -> fixture.gateway.requestsUnderWay() == 0);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String head(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }
}
