package dev.stepwell.gateway;

import static dev.stepwell.gateway.Fixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.function.App;
import dev.stepwell.engine.function.Definition;
import dev.stepwell.engine.function.Definition.Start;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What apps see that register, and people who ask which apps there are. */
class AppApiTest {

  private static final String KIND = "x-inngest-expected-server-kind";
  private static final UUID SHOP = UUID.nameUUIDFromBytes(new byte[] {'s', 'h', 'o', 'p'});

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void anAppIsRegisteredOnce() {
    var first = register(app("shop", "http://127.0.0.1:3000/x", "order"), KIND, "dev");
    fixture.engine.gate(CompletableFuture.failedFuture(new AssertionError("nothing has changed")));
    var same = register(app("shop", "http://127.0.0.1:3000/x", "order"));

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(json(first).get("ok").booleanValue()).isTrue();
    assertThat(json(first).get("modified").booleanValue()).isTrue();
    assertThat(json(first).get("app_id").textValue()).isEqualTo(SHOP.toString());
    assertThat(json(same).get("modified").booleanValue()).isFalse();
    assertThat(json(same).get("sync_id")).isEqualTo(json(first).get("sync_id"));
  }

  @Test
  void anAppThatHasMovedIsCalledWhereItIsNow() {
    register(app("shop", "http://old:3000/x", "order"));
    var moved = register(app("shop", "http://new:3000/x", "order"));

    assertThat(json(moved).get("modified").booleanValue()).isTrue();
    assertThat(fixture.engine.apps()).hasSize(1);
    var app = fixture.engine.apps().getFirst();
    assertThat(app.endpoint().orElseThrow().url()).isEqualTo("http://new:3000/x");
    assertThat(app.functions().getFirst().remote().orElseThrow().url())
        .isEqualTo("http://new:3000/x?fnId=order&stepId=step");
  }

  @Test
  void anAppForAnotherKindOfServerIsRefused() {
    var response = register(app("shop", "http://a/x", "order"), KIND, "cloud");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("error").textValue())
        .isEqualTo("Expected server kind cloud, got dev");
    assertThat(fixture.engine.apps()).isEmpty();
  }

  @Test
  void anInvalidFunctionIsSaidInASentence() {
    var response =
        register("{\"appName\":\"a\",\"url\":\"http://a/x\",\"functions\":[{\"id\":\"a-f\"}]}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":\"invalid_function\",\"error\":\"Function a-f: it has no"
                + " steps.step.runtime.url\",\"status\":400}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "", "[]", "{\"appName\":"})
  void whatIsNotJsonIsSaidInASentence(String body) {
    var response = register(body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("code").textValue()).isEqualTo("malformed_json");
    assertThat(json(response).get("error").textValue()).startsWith("The body ");
  }

  @Test
  void theServersOwnNameIsTaken() {
    sync(new App("stepwell", Optional.empty(), List.of()));

    var response = register(app("stepwell", "http://a/x", "order"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("error").textValue()).contains("this server's own app");
  }

  @Test
  void aFunctionIsOfOneApp() {
    register(app("shop", "http://a/x", "order"));

    var response = register(app("other", "http://b/x", "order"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("error").textValue())
        .isEqualTo("Function order is of the app shop already");
  }

  @Test
  void anAppIsRemovedByItsUrl() {
    register(app("shop", "http://localhost:3000/x", "order"));

    var removed = fixture.delete("/fn/remove?url=http%3A%2F%2F127.0.0.1%3A3000%2Fx");
    var again = fixture.delete("/fn/remove?url=http%3A%2F%2F127.0.0.1%3A3000%2Fx");
    var nowhere = fixture.delete("/fn/remove");

    assertThat(removed.statusCode()).isEqualTo(200);
    assertThat(removed.body()).isEqualTo("{\"ok\":true}");
    assertThat(fixture.engine.apps()).isEmpty();
    assertThat(again.statusCode()).isEqualTo(404);
    assertThat(nowhere.statusCode()).isEqualTo(400);
  }

  @Test
  void whoAsksIsToldWhatThereIs() {
    var own = new Definition("digest", List.of(new Start.OnCron("0 * * * *")), 4, Optional.empty());
    sync(new App("stepwell", Optional.empty(), List.of(own)));
    register(app("shop", "http://a/x", "order"));

    var info = json(fixture.get("/dev"));

    assertThat(info.get("authed").booleanValue()).isFalse();
    assertThat(info.get("isSingleNodeService").booleanValue()).isTrue();
    assertThat(info.get("handlers").toString())
        .isEqualTo(
            "[{\"sdk\":{\"app\":\"shop\",\"url\":\"http://a/x\",\"language\":\"js\","
                + "\"version\":\"4.18.1\"},\"error\":null}]");
    assertThat(info.get("functions")).hasSize(2);
    assertThat(info.get("functions").toString())
        .contains(
            "{\"id\":\"digest\",\"name\":\"digest\",\"url\":null,"
                + "\"triggers\":[{\"cron\":\"0 * * * *\"}]}")
        .contains(
            "{\"id\":\"order\",\"name\":\"Order\",\"url\":\"http://a/x?fnId=order&stepId=step\","
                + "\"triggers\":[{\"event\":\"e\",\"expression\":\"event.data.a == \\\"b\\\"\"}]}");
  }

  private void sync(App app) {
    fixture.engine.sync(app).toCompletableFuture().join();
  }

  private HttpResponse<String> register(String body, String... headers) {
    return fixture.post("/fn/register?deployId=1", body, headers);
  }

  private static String app(String name, String url, String function) {
    return """
    {"appName":"%s","url":"%s","sdk":"js:v4.18.1","functions":[{"id":"%s","name":"Order",
     "triggers":[{"event":"e","expression":"event.data.a == 'b'"}],"steps":{"step":{
     "runtime":{"type":"http","url":"%s?fnId=%s&stepId=step"}}}}]}
    """
        .formatted(name, url, function, url, function);
  }
}
