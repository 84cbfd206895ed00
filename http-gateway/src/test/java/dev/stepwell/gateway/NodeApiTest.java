package dev.stepwell.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may be asked and wanted of a node itself. */
class NodeApiTest {

  private final Fixture fixture = new Fixture("");

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void aNodeThatTakesRequestsIsReady() {
    var answer = fixture.get("/ready");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("message").textValue()).isEqualTo("OK");
  }

  @Test
  void aNodeThatLeavesIsHealthyButNotReady() {
    fixture.engine.unready = Optional.of("This node is about to leave its cluster.");

    var ready = fixture.get("/ready");

    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(json(ready).get("message").textValue())
        .isEqualTo("This node is about to leave its cluster.");
    assertThat(fixture.get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void aNodeThatCanStoreNothingIsNeitherHealthyNorReady() {
    fixture.engine.fail("The disk is full.");

    for (var path : new String[] {"/ready", "/health"}) {
      var answer = fixture.get(path);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(json(answer).get("message").textValue()).isEqualTo("The disk is full.");
    }
  }

  @Test
  void allNodesAreListed() {
    var nodes = json(fixture.get("/v1/cluster")).get("data");

    assertThat(nodes).hasSize(2);
    assertThat(nodes.get(0).toString())
        .isEqualTo(
            """
            {"address":"10.0.0.1:25520","status":"up","reachable":true,"oldest":true,\
            "self":false,"roles":"engine","version":"1.2.3"}\
            """);
    assertThat(nodes.get(1).get("reachable").booleanValue()).isFalse();
    assertThat(nodes.get(1).get("self").booleanValue()).isTrue();
  }

  @Test
  void metricsAreText() {
    var answer = fixture.get("/metrics");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body()).isEqualTo("runs_total 7\n");
  }

  @Test
  void aNodeIsToldToLeave() {
    var answer = fixture.post("/v1/cluster/drain", "");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(fixture.drains).hasValue(1);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JsonMapper.builder().build().readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }
}
