package dev.stepwell.engine.sdk;

import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Failures as apps and what is before them report them. */
final class AppFailures {

  private static final int BODY_MAX = 4_096;

  private AppFailures() {}

  /** An error as an SDK writes it; of anything else it makes the best. */
  static Failure of(Json error) {
    try {
      var members = JsonSlices.members(error);
      var name = text(members, "name");
      var message = text(members, "message").or(() -> text(members, "error"));
      var kept =
          name.isPresent() && message.isPresent() ? Optional.of(error) : Optional.<Json>empty();
      return new Failure(
          name.orElse("Error"),
          message.orElseGet(() -> shortened(error.toString())),
          text(members, "stack").orElse(""),
          kept);
    } catch (IOException e) {
      return new Failure("Error", shortened(error.toString()), "");
    }
  }

  /** Whether the error itself says that another attempt makes no sense. */
  static boolean saysNoRetry(Json error) {
    try {
      return JsonSlices.members(error).getOrDefault("noRetry", Json.NULL).toString().equals("true");
    } catch (IOException _) {
      return false;
    }
  }

  /** The body of an answer with an error's status. */
  static Failure ofBody(byte[] body) {
    try {
      var json = JsonSlices.checked(body);
      return JsonSlices.isObject(json)
          ? of(json)
          : new Failure("Error", shortened(JsonSlices.text(json).orElse(json.toString())), "");
    } catch (IOException _) {
      return new Failure("Error", shortened(new String(body, StandardCharsets.UTF_8)), "");
    }
  }

  /** Something has answered that is not the app's SDK: a gateway, a proxy, another program. */
  static Failure notFromSdk(int status, String contentType, byte[] body) {
    var ok = status < 300;
    return new Failure(
        ok ? "not_sdk" : "Server returned a fatal error",
        ok
            ? "What answered with HTTP %d is not an SDK: it has no x-inngest-sdk header"
                .formatted(status)
            : "Your server returned HTTP %d before the SDK responded.".formatted(status),
        "Response (%s):\n%s"
            .formatted(contentType, shortened(new String(body, StandardCharsets.UTF_8))));
  }

  static String shortened(String text) {
    return text.length() <= BODY_MAX ? text : text.substring(0, BODY_MAX) + "...";
  }

  private static Optional<String> text(Map<String, Json> members, String name) {
    try {
      return JsonSlices.text(members.getOrDefault(name, Json.NULL));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
