package dev.stepwell.gateway;

import static dev.stepwell.gateway.Fixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.OverloadedException;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What senders of events see. */
class EventApiTest {

  private static final String SEED = "x-inngest-event-id-seed";

  private Fixture fixture;

  @BeforeEach
  void open() {
    fixture = new Fixture("", key -> !key.equals("stranger"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theAnswerHasTheIdsInTheOrderOfTheEvents() {
    var response = fixture.post("/e/any", "[{\"name\":\"b\"},{\"name\":\"a\"}]");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("X-Inngest-Server-Kind")).hasValue("dev");
    assertThat(json(response).get("status").intValue()).isEqualTo(200);
    assertThat(json(response).get("ids"))
        .extracting(id -> nameOf(Ulid.parse(id.textValue())))
        .containsExactly("b", "a");
  }

  @Test
  void oneEventNeedsNoArrayAndPutIsAsGoodAsPost() {
    var response = fixture.send("PUT", "/e/any", "{\"name\":\"a\"}".getBytes(UTF_8));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).get("ids")).hasSize(1);
  }

  @Test
  void whatTheEngineGetsIsWhatWasSent() {
    fixture.post(
        "/e/k", "{\"name\":\"a\",\"data\":{\"n\": 1.0,\"_inngest\":1},\"ts\":1760000000000}");

    assertThat(fixture.engine.accepted())
        .singleElement()
        .returns("a", Event::name)
        .returns(Json.of("{\"n\": 1.0}"), Event::data)
        .returns(1_760_000_000_000L, Event::tsMillis);
  }

  @Test
  void anEmptyArrayHasNoIds() {
    assertThat(fixture.post("/e/k", "[]").body()).isEqualTo("{\"ids\":[],\"status\":200}");
  }

  @Test
  void theSameSeedGivesTheSameIds() {
    var body = "[{\"name\":\"a\"},{\"name\":\"b\"}]";
    var seed = "1760000000000,AAAAAAAAAAAAAA==";

    var first = fixture.post("/e/k", body, SEED, seed);
    var second = fixture.post("/e/k", body, SEED, seed);

    assertThat(first.body()).isEqualTo(second.body());
    assertThat(json(first).get("ids").get(0).textValue())
        .isEqualTo(Ulid.of(1_760_000_000_000L, 0, 1).toString());
    assertThat(json(first).get("ids").get(1).textValue())
        .isEqualTo(Ulid.of(1_760_000_000_000L, 0, 2).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x,AAAAAAAAAAAAAA==",
        "1760000000000",
        "1760000000000,AAAA",
        "1760000000000,?",
        "-1,AAAAAAAAAAAAAA==",
        "999999999999999,AAAAAAAAAAAAAA==",
        "9999999999999999999999,AAAAAAAAAAAAAA=="
      })
  void aSeedThatIsNoneCountsAsAbsent(String seed) {
    var first = fixture.post("/e/k", "{\"name\":\"a\"}", SEED, seed);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(fixture.post("/e/k", "{\"name\":\"a\"}", SEED, seed).body())
        .isNotEqualTo(first.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain;charset=UTF-8", "image/png", "nonsense"})
  void theContentTypeDoesNotMatter(String type) {
    assertThat(fixture.post("/e/k", "{\"name\":\"a\"}", "Content-Type", type).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data; boundary=x", "application/x-www-form-urlencoded"})
  void aFormIsRefused(String type) {
    var response = fixture.post("/e/k", "{\"name\":\"a\"}", "Content-Type", type);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("error").textValue()).contains("form");
  }

  @Test
  void anEncodedBodyIsRefused() {
    var response = fixture.post("/e/k", "{\"name\":\"a\"}", "Content-Encoding", "gzip");

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(json(response).get("error").textValue()).isEqualTo("The body is encoded with gzip");
  }

  @Test
  void oneBadEventMakesTheWholeRequestRefused() {
    var response = fixture.post("/e/k", "[{\"name\":\"a\"},{\"name\":\"inngest/x\"}]");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("ids")).isEmpty();
    assertThat(json(response).get("status").intValue()).isEqualTo(400);
    assertThat(json(response).get("error").textValue())
        .contains("event name is reserved for internal use");
    assertThat(fixture.engine.accepted()).isEmpty();
  }

  @Test
  void aStrangersKeyIsNotFound() {
    var response = fixture.post("/e/stranger", "{\"name\":\"a\"}");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body())
        .isEqualTo("{\"status\":401,\"message\":\"\",\"error\":\"Event key not found\"}");
  }

  @Test
  void anEngineAtItsLimitIsSaidWithWhenToComeBack() {
    fixture.engine.gate(
        CompletableFuture.failedFuture(new OverloadedException("full", Duration.ofSeconds(7))));

    var response = fixture.post("/e/k", "{\"name\":\"a\"}");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(json(response).get("status").intValue()).isEqualTo(503);
    assertThat(json(response).get("ids")).isEmpty();
  }

  @Test
  void aBugInTheEngineIsA500WithoutItsSecrets() {
    fixture.engine.gate(CompletableFuture.failedFuture(new IllegalStateException("secret")));

    var response = fixture.post("/e/k", "{\"name\":\"a\"}");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(json(response).get("status").intValue()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("secret");
  }

  @Test
  void fiveThousandEventsAreTakenAtOnce() {
    var response =
        fixture.post("/e/k", "[" + "{\"name\":\"a\"},".repeat(4_999) + "{\"name\":\"a\"}]");

    assertThat(json(response).get("ids")).hasSize(5_000);
  }

  private String nameOf(Ulid id) {
    return fixture
        .engine
        .events()
        .get(id)
        .toCompletableFuture()
        .join()
        .orElseThrow()
        .event()
        .name();
  }
}
