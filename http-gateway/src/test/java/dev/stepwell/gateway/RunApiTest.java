package dev.stepwell.gateway;

import static dev.stepwell.gateway.Fixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.run.RunView.Kind;
import dev.stepwell.engine.run.RunView.Phase;
import dev.stepwell.engine.run.RunView.StepView;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What those see who ask about runs and events, and cancel. */
class RunApiTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Event EVENT =
      new Event(
          Ulid.of(NOON.toEpochMilli(), 1, 1),
          Optional.empty(),
          "shop/paid",
          NOON.toEpochMilli(),
          NOON.toEpochMilli(),
          Json.of("{\"n\":1}"),
          Optional.empty(),
          Optional.empty());

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aCompletedRunShowsItsOutputAsItWasReturned() {
    var run = run(1, RunStatus.COMPLETED, Optional.of(Json.of("{\"n\": 1.0}")), Optional.empty());
    fixture.engine.put(run);

    var response = fixture.get("/v1/runs/" + run.id());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"output\":{\"n\": 1.0}");
    var data = json(response).get("data");
    assertThat(data.get("run_id").textValue()).isEqualTo(run.id().toString());
    assertThat(data.get("status").textValue()).isEqualTo("Completed");
    assertThat(data.get("function_id").textValue()).isEqualTo("send-receipt");
    assertThat(data.get("event_id").textValue()).isEqualTo(EVENT.id().toString());
    assertThat(data.get("run_started_at").textValue()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(data.get("ended_at").textValue()).isEqualTo("2026-03-01T12:00:01Z");
    assertThat(json(response).get("metadata").get("fetched_at").textValue()).endsWith("Z");
    assertThat(json(response).get("metadata").get("cached_until").isNull()).isTrue();
    assertThat(json(response).has("page")).isFalse();
  }

  @Test
  void aFailedRunsOutputIsItsError() {
    var failure = new Failure("IOException", "half a \ud83d", "at x");
    var run = run(1, RunStatus.FAILED, Optional.empty(), Optional.of(failure));
    fixture.engine.put(run);

    var data = json(fixture.get("/v1/runs/" + run.id())).get("data");

    assertThat(data.get("output").get("name").textValue()).isEqualTo("IOException");
    assertThat(data.get("output").get("message").textValue()).isEqualTo("half a ?");
    assertThat(data.get("error")).isEqualTo(data.get("output"));
  }

  @Test
  void aRunShowsEachOfItsSteps() {
    var waiting =
        new StepView(
            "paid",
            Kind.WAIT,
            Phase.WAITING,
            0,
            NOON,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(NOON.plusSeconds(60)),
            Optional.of("shop/paid"));
    var retrying =
        new StepView(
            "charge",
            Kind.RUN,
            Phase.RETRYING,
            2,
            NOON,
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Failure("Oops", "", "")),
            Optional.of(NOON.plusSeconds(9)),
            Optional.empty());
    var run = withSteps(List.of(retrying, waiting), List.of("the code has changed"));
    fixture.engine.put(run);

    var data = json(fixture.get("/v1/runs/" + run.id())).get("data");

    assertThat(data.get("output").isNull()).isTrue();
    assertThat(data.get("warnings"))
        .extracting(JsonNode::textValue)
        .containsExactly("the code has changed");
    assertThat(data.get("steps"))
        .extracting(JsonNode::toString)
        .containsExactly(
            """
            {"name":"charge","kind":"run","phase":"retrying","attempts":2,\
            "started_at":"2026-03-01T12:00:00Z","ended_at":null,"output":null,\
            "error":{"name":"Oops","message":"","stack":""},\
            "until":"2026-03-01T12:00:09Z","waits_for":null}\
            """,
            """
            {"name":"paid","kind":"wait","phase":"waiting","attempts":0,\
            "started_at":"2026-03-01T12:00:00Z","ended_at":null,"output":null,"error":null,\
            "until":"2026-03-01T12:01:00Z","waits_for":"shop/paid"}\
            """);
  }

  @Test
  void theRunsOfAnEventAreFoundByTheIdThatSendingItReturned() {
    var id = sent("{\"name\":\"shop/paid\"}");

    var runs = json(fixture.get("/v1/events/" + id + "/runs")).get("data");

    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).get("event_id").textValue()).isEqualTo(id);
    assertThat(runs.get(0).get("status").textValue()).isEqualTo("Running");
    assertThat(json(fixture.get("/v1/events/" + sent("{\"name\":\"none\"}") + "/runs")).get("data"))
        .isEmpty();
  }

  @Test
  void anEventIsShownWithEverythingThatWasSent() {
    var id =
        sent(
            "{\"name\":\"shop/paid\",\"id\":\"k\",\"data\":{\"n\": 1.0},\"ts\":1760000000000,\"v\":\"2\"}");

    var response = fixture.get("/v1/events/" + id);

    assertThat(response.body()).contains("\"data\":{\"n\": 1.0}");
    var event = json(response).get("data");
    assertThat(event.get("internal_id").textValue()).isEqualTo(id);
    assertThat(event.get("id").textValue()).isEqualTo("k");
    assertThat(event.get("name").textValue()).isEqualTo("shop/paid");
    assertThat(event.get("ts").longValue()).isEqualTo(1_760_000_000_000L);
    assertThat(event.get("v").textValue()).isEqualTo("2");
    assertThat(event.get("user")).isEmpty();
    assertThat(Instant.parse(event.get("received_at").textValue())).isAfter(NOON.minusSeconds(1));
    assertThat(event.get("functions"))
        .extracting(JsonNode::textValue)
        .containsExactly("send-receipt");
    assertThat(event.get("repeat_of").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | /v1/runs/nonsense | 400 | malformed_id",
        "DELETE | /v1/runs/nonsense | 400 | malformed_id",
        "GET | /v1/events/nonsense | 400 | malformed_id",
        "GET | /v1/events/nonsense/runs | 400 | malformed_id",
        "GET | /v1/runs/01KJMNGZ000000000000000000 | 404 | no_such_run",
        "DELETE | /v1/runs/01KJMNGZ000000000000000000 | 404 | no_such_run",
        "GET | /v1/events/01KJMNGZ000000000000000000 | 404 | no_such_event",
        "GET | /v1/events/01KJMNGZ000000000000000000/runs | 404 | no_such_event",
        "GET | /v1/runs?limit=many | 400 | malformed_parameter",
        "GET | /v1/runs?status=Sleeping | 400 | malformed_parameter",
        "GET | /v1/runs?from=yesterday | 400 | malformed_parameter",
        "GET | /v1/runs?until=2026-13-01T00:00:00Z | 400 | malformed_parameter",
        "GET | /v1/runs?cursor=nonsense | 400 | malformed_parameter",
        "GET | /v1/events?cursor=nonsense | 400 | malformed_parameter",
        "GET | /v1/events?limit=1.5 | 400 | malformed_parameter",
        "GET | /v1/events?received_after=1e9 | 400 | malformed_parameter",
        "GET | /v2/nothing | 404 | no_such_route",
        "GET | / | 404 | no_such_route",
        "GET | /e | 404 | no_such_route",
        "POST | /e/a/b | 404 | no_such_route",
        "GET | /e/a | 405 | method_not_allowed",
        "POST | /v1/runs | 405 | method_not_allowed",
        "DELETE | /health | 405 | method_not_allowed"
      })
  void whatIsWrongIsAProblemWithACode(String method, String path, int status, String code) {
    var response = fixture.send(method, path, new byte[0]);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.headers().firstValue("X-Inngest-Server-Kind")).hasValue("dev");
    var problem = json(response);
    assertThat(problem.get("code").textValue()).isEqualTo(code);
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("error").textValue()).isNotBlank();
    assertThat(problem.get("title").textValue()).isNotBlank();
    assertThat(problem.get("detail").textValue()).startsWith(problem.get("error").textValue());
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() {
    var response = fixture.send("PUT", "/v1/runs/01KJMNGZ000000000000000000", new byte[0]);

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, DELETE, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/e/any", "/health", "/v1/runs", "/v1/events/x/runs", "/v1/signals"})
  void aBrowserMayAskFromAnyPage(String path) {
    var response = fixture.send("OPTIONS", path, new byte[0], "Origin", "http://shop.example");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods")).isPresent();
    assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("*, Authorization");
  }

  @Test
  void healthIsOk() {
    assertThat(fixture.get("/health").body()).isEqualTo("{\"status\":200,\"message\":\"OK\"}");
    assertThat(fixture.send("HEAD", "/health", new byte[0]).statusCode()).isEqualTo(200);
  }

  @Test
  void healthIsBadOnceNothingCanBeStored() {
    fixture.engine.fail("the store takes no more writes");

    assertThat(fixture.get("/health").statusCode()).isEqualTo(503);
    assertThat(fixture.get("/health").body())
        .isEqualTo("{\"status\":503,\"message\":\"the store takes no more writes\"}");
  }

  @Test
  void pagesOfRunsFollowEachOtherWithoutGapOrRepeat() {
    for (var i = 1; i <= 25; i++) {
      fixture.engine.put(run(i, RunStatus.RUNNING, Optional.empty(), Optional.empty()));
    }

    var all = allPages("/v1/runs?limit=10", "run_id");

    assertThat(all)
        .hasSize(25)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void runsAreListedByStatusFunctionAndTime() {
    fixture.engine.put(run(1, RunStatus.RUNNING, Optional.empty(), Optional.empty()));
    fixture.engine.put(run(2, RunStatus.CANCELLED, Optional.empty(), Optional.empty()));
    fixture.engine.put(run(3_000, RunStatus.CANCELLED, Optional.empty(), Optional.empty()));

    assertThat(listed("/v1/runs?status=cancelled")).hasSize(2);
    assertThat(listed("/v1/runs?status=Cancelled&until=2026-03-01T12:00:01Z")).hasSize(1);
    assertThat(listed("/v1/runs?from=2026-03-01T13:00:01%2B01:00")).hasSize(1);
    assertThat(listed("/v1/runs?from=" + NOON.plusSeconds(1).toEpochMilli())).hasSize(1);
    assertThat(listed("/v1/runs?function=send-receipt&status=")).hasSize(3);
    assertThat(listed("/v1/runs?function=other")).isEmpty();
    assertThat(listed("/v1/runs?limit=0")).hasSize(1);
    assertThat(listed("/v1/runs?limit=999999")).hasSize(3);
  }

  @Test
  void pagesOfEventsFollowEachOtherWithoutGapOrRepeat() {
    fixture.post("/e/k", "[" + "{\"name\":\"a\"},".repeat(119) + "{\"name\":\"b\"}]");

    assertThat(allPages("/v1/events?limit=35", "internal_id")).hasSize(120).doesNotHaveDuplicates();
    assertThat(listed("/v1/events")).hasSize(20);
    assertThat(listed("/v1/events?limit=1000")).hasSize(50);
    assertThat(listed("/v1/events?name=b")).hasSize(1);
    assertThat(listed("/v1/events?received_before=2026-01-01T00:00:00Z")).isEmpty();
    assertThat(listed("/v1/events?received_after=2026-01-01T00:00:00Z&name=b")).hasSize(1);
  }

  @Test
  void aPageOfLargeEventsIsShortAndSaysThatThereAreMore() {
    var large = "{\"name\":\"a\",\"data\":{\"x\":\"" + "y".repeat(500_000) + "\"}}";
    for (var i = 0; i < 25; i++) {
      fixture.post("/e/k", large);
    }

    var page = json(fixture.get("/v1/events?limit=50"));

    assertThat(page.get("data")).hasSize(20);
    assertThat(page.get("page").get("has_more").booleanValue()).isTrue();
    assertThat(allPages("/v1/events?limit=50", "internal_id")).hasSize(25);
  }

  @Test
  void aRunIsCancelledOnceAndToCancelItAgainIsFine() {
    var run = run(1, RunStatus.RUNNING, Optional.empty(), Optional.empty());
    fixture.engine.put(run);

    var first = fixture.delete("/v1/runs/" + run.id());
    var second = fixture.delete("/v1/runs/" + run.id());

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).isEmpty();
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(json(fixture.get("/v1/runs/" + run.id())).get("data").get("status").textValue())
        .isEqualTo("Cancelled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMPLETED", "FAILED"})
  void aRunThatHasEndedCannotBeCancelled(RunStatus status) {
    var run = run(1, status, Optional.empty(), Optional.empty());
    fixture.engine.put(run);

    var response = fixture.delete("/v1/runs/" + run.id());

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(json(response).get("code").textValue()).isEqualTo("run_already_ended");
  }

  private String sent(String event) {
    return json(fixture.post("/e/k", event)).get("ids").get(0).textValue();
  }

  private JsonNode listed(String path) {
    var response = fixture.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response).get("data");
  }

  private List<String> allPages(String path, String id) {
    var ids = new ArrayList<String>();
    var cursor = "";
    do {
      HttpResponse<String> response = fixture.get(path + cursor);
      json(response).get("data").forEach(item -> ids.add(item.get(id).textValue()));
      var page = json(response).get("page");
      assertThat(page.get("has_more").booleanValue()).isEqualTo(page.get("cursor").isTextual());
      cursor = page.get("cursor").isTextual() ? "&cursor=" + page.get("cursor").textValue() : "";
    } while (!cursor.isEmpty());
    return ids;
  }

  private static RunView run(
      int millis, RunStatus status, Optional<Json> output, Optional<Failure> failure) {
    return new RunView(
        Ulid.of(NOON.toEpochMilli() + millis, 0, 0),
        "send-receipt",
        status,
        EVENT,
        NOON,
        status.ended() ? Optional.of(NOON.plusSeconds(1)) : Optional.empty(),
        output,
        failure,
        1,
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static RunView withSteps(List<StepView> steps, List<String> warnings) {
    var run = run(1, RunStatus.RUNNING, Optional.empty(), Optional.empty());
    return new RunView(
        run.id(),
        run.function(),
        run.status(),
        run.event(),
        run.startedAt(),
        run.endedAt(),
        run.output(),
        run.failure(),
        run.attempts(),
        run.retryAt(),
        steps,
        warnings);
  }
}
