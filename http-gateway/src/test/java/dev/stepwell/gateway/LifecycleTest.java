package dev.stepwell.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.stepwell.gateway.cluster.NodeControls;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the gateway starts and stops. */
class LifecycleTest {

  private static final String EVENT = "{\"name\":\"a\"}";

  @Test
  void aTakenPortIsSaidInASentence() {
    try (var fixture = new Fixture()) {
      var config =
          GatewayConfig.from(Fixture.SYSTEM.settings().config())
              .at("127.0.0.1", fixture.gateway.port());

      var second =
          Gateway.start(Fixture.SYSTEM, fixture.engine, config, NodeControls.NONE)
              .toCompletableFuture();

      assertThatThrownBy(() -> second.get(20, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(BindException.class)
          .hasMessageContaining("Can't listen on 127.0.0.1 port " + fixture.gateway.port())
          .hasMessageContaining("in use")
          .hasMessageContaining("stepwell.gateway.port");
    }
  }

  @Test
  void aRequestUnderWayIsAnsweredBeforeTheGatewayHasStopped() {
    try (var fixture = new Fixture()) {
      var gate = new CompletableFuture<Void>();
      fixture.engine.gate(gate);
      var request = CompletableFuture.supplyAsync(() -> fixture.post("/e/k", EVENT));
      await().until(() -> fixture.gateway.requestsUnderWay() == 1);

      var stopped = fixture.gateway.stop(Duration.ofSeconds(20)).toCompletableFuture();
      await().untilAsserted(() -> assertRefused(fixture));
      assertThat(stopped).isNotDone();
      gate.complete(null);

      assertThat(request.join().statusCode()).isEqualTo(200);
      assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void idleConnectionsDoNotKeepTheGatewayFromStopping() throws IOException {
    try (var fixture = new Fixture();
        var socket = fixture.socket()) {
      assertThat(fixture.get("/health").statusCode()).isEqualTo(200);

      assertThat(fixture.gateway.stop(Duration.ofSeconds(20)))
          .succeedsWithin(Duration.ofSeconds(10));
      assertThat(Fixture.readAll(socket)).isEmpty();
    }
  }

  @Test
  void aRequestWithoutAnswerDoesNotOutliveTheGrace() {
    try (var fixture = new Fixture()) {
      fixture.engine.gate(new CompletableFuture<Void>());
      var request = CompletableFuture.runAsync(() -> fixture.post("/e/k", EVENT));
      await().until(() -> fixture.gateway.requestsUnderWay() == 1);

      assertThat(fixture.gateway.stop(Duration.ofMillis(100)))
          .succeedsWithin(Duration.ofSeconds(10));
      await().until(request::isDone);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port = 65536",
        "max-event-size = 4 MiB",
        "max-body-size = 1 KiB",
        "max-bytes-under-way = 1 MiB",
        "max-requests-under-way = 0",
        "request-timeout = 1 s",
        "idle-timeout = 1 s"
      })
  void aLimitThatMakesNoSenseIsRefusedByItsName(String line) {
    var config =
        ConfigFactory.parseString("stepwell.gateway { " + line + " }")
            .withFallback(Fixture.SYSTEM.settings().config());

    assertThatThrownBy(() -> GatewayConfig.from(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stepwell.gateway." + line.substring(0, line.indexOf(' ')));
  }

  private static void assertRefused(Fixture fixture) {
    assertThatThrownBy(fixture::socket).isInstanceOf(ConnectException.class);
  }
}
