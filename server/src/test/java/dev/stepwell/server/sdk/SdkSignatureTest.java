package dev.stepwell.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.wire.Json;
import dev.stepwell.gateway.call.CanonicalJson;
import dev.stepwell.gateway.call.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What we sign, real SDKs take; what somebody else signs they don't. */
@Tag("long")
class SdkSignatureTest {

  private static final int BODIES = 10_000;
  private static final int EVERY_FORGED = 100;
  private static final String KEY = "signkey-test-abc123def4567890";
  private static final String OTHER_KEY = "signkey-test-0123456789abcdef";

  private final SigningKey key = SigningKey.parse(KEY);
  private final SigningKey otherKey = SigningKey.parse(OTHER_KEY);

  @ParameterizedTest
  @EnumSource
  void applicationsTakeWhatIsSignedWithTheirKeyAndNothingElse(SdkApp.Language language)
      throws IOException, InterruptedException {
    var seed = System.nanoTime();
    var random = new RandomJson(new Random(seed));
    try (var app = SdkApp.start(language, "signed", Map.of("INNGEST_SIGNING_KEY", KEY));
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (var i = 0; i < BODIES; i++) {
        var body = CanonicalJson.of(body(random.object()));
        assertThat(status(client, app, body, key)).as("seed %d: %s", seed, body).isEqualTo(200);
        if (i % EVERY_FORGED == 0) {
          assertThat(status(client, app, body, otherKey)).isEqualTo(401);
        }
      }
    }
  }

  private static Json body(String data) {
    return Json.of(
        """
        { "version": -1, "use_api": false, "steps": {}, "defers": {},
          "ctx": { "run_id": "01J0000000000000000000000A", "attempt": 0, "max_attempts": 4,
            "env": "", "qi_id": "none", "step_id": "step", "use_api": false,
            "disable_immediate_execution": false, "stack": { "stack": [], "current": 0 } },
          "event": { "name": "signed/sent", "id": "e", "ts": 1, "data": %1$s },
          "events": [ { "name": "signed/sent", "id": "e", "ts": 1, "data": %1$s } ] }
        """
            .formatted(data));
  }

  private static int status(HttpClient client, SdkApp app, Json body, SigningKey key)
      throws IOException, InterruptedException {
    var url =
        "http://127.0.0.1:%d/api/inngest?fnId=signed-accept&stepId=step".formatted(app.port());
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("content-type", "application/json")
            .header("x-inngest-signature", key.signature(body, System.currentTimeMillis() / 1_000))
            .POST(BodyPublishers.ofByteArray(body.utf8()))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }
}
