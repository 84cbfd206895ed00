package dev.stepwell.gateway;

import static dev.stepwell.gateway.Fixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.wire.Ulid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those see who signal. */
class SignalApiTest {

  private static final Ulid RUN = Ulid.of(1, 1, 1);

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aSignalReachesWhoWaitsForItAndThenNobody() {
    fixture.engine.waitFor("go", RUN);

    var first = fixture.post("/v1/signals", "{\"signal\":\"go\",\"data\":{\"a\":1}}");
    var second = fixture.post("/v1/signals", "{\"signal\":\"go\"}");

    assertThat(json(first).get("data").get("run_id").textValue()).isEqualTo(RUN.toString());
    assertThat(second.statusCode()).isEqualTo(404);
    assertThat(json(second).get("code").textValue()).isEqualTo("nobody_waits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "{\"signal\":\"\"}", "{\"signal\":1}", "{\"signal\":\"a\""})
  void aSignalWithoutANameIsRefused(String body) {
    assertThat(fixture.post("/v1/signals", body).statusCode()).isEqualTo(400);
  }
}
