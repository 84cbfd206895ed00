package dev.stepwell.gateway.apps;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.engine.function.App;
import dev.stepwell.gateway.json.JsonBody;
import dev.stepwell.gateway.json.Values;
import dev.stepwell.gateway.problem.ProblemException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** What became of asking at a URL. */
sealed interface PingAnswer {

  /** An app is there. */
  record Up(String app, int functions) implements PingAnswer {}

  /**
   * There is none that can be used.
   *
   * @param code for machines
   * @param why in a sentence
   */
  record Down(String code, String why) implements PingAnswer {}

  /** What there is no answer for, in whatever way. */
  String UNREACHABLE = "unreachable";

  /** An SDK has answered, but from this URL no app has registered. */
  String ELSEWHERE = "not_registered";

  /** What SDKs say of themselves with 400. */
  List<String> CODES =
      List.of(
          "missing_signing_key",
          "invalid_signing_key",
          "missing_branch_env_name",
          "no_functions",
          "invalid_function",
          "invalid_app",
          "server_kind_mismatch");

  int BODY_SHOWN_MAX = 300;

  /** Whether nobody needs to be told of {@code other} who knows of this. */
  default boolean isLike(PingAnswer other) {
    return equals(other)
        || this instanceof Down(var code, _)
            && code.equals(UNREACHABLE)
            && other instanceof Down(var otherCode, _)
            && otherCode.equals(UNREACHABLE);
  }

  /**
   * The meaning of an answer.
   *
   * @param app that has registered from that URL
   */
  static PingAnswer of(HttpResponse<String> response, Optional<App> app) {
    var status = response.statusCode();
    return switch (status) {
      case 401 -> new Down("unauthorized", "it answers 401, and wants a signature");
      case 403 -> new Down("forbidden", "it answers 403");
      case 404 -> new Down("url_not_found", "there is nothing at this path, it answers 404");
      case 500 -> new Down("internal_server_error", "it answers 500" + told(response.body()));
      default -> status / 100 == 2 ? accepted(response, app) : refused(status, response.body());
    };
  }

  /** The meaning of no answer. */
  static Down of(Throwable failure) {
    return switch (failure) {
      case CompletionException wrapper when wrapper.getCause() != null -> of(wrapper.getCause());
      case HttpTimeoutException _ -> new Down(UNREACHABLE, "it does not answer in time");
      case ConnectException _ -> new Down(UNREACHABLE, "nobody listens there");
      case IllegalArgumentException e ->
          new Down("unsupported_protocol", String.valueOf(e.getMessage()));
      default -> new Down(UNREACHABLE, "it can't be asked: " + failure);
    };
  }

  private static PingAnswer accepted(HttpResponse<String> response, Optional<App> app) {
    // Some SDKs answer 200 and pass on why they were refused.
    var fields = fields(response.body());
    var code = CODES.stream().filter(known -> fields.value("code").equals(Optional.of(known)));
    var refused = code.findFirst();
    if (refused.isPresent()) {
      return new Down(refused.get(), "it can't be registered" + told(response.body()));
    }
    if (app.isPresent()) {
      return new Up(app.get().name(), app.get().functions().size());
    }
    return response.headers().firstValue("x-inngest-sdk").isEmpty()
        ? new Down("not_sdk", "what answers there is no Inngest SDK")
        : new Down(
            ELSEWHERE,
            "it has not registered from this URL; it may be told of another one, or of another"
                + " server");
  }

  private static Down refused(int status, String body) {
    var text = body.toLowerCase(Locale.ROOT);
    var code =
        CODES.stream()
            .filter(known -> text.contains(known) || text.contains(known.replace('_', ' ')))
            .findFirst();
    return new Down(
        code.filter(_ -> status == 400).orElse("unexpected_status"),
        "it answers %d%s".formatted(status, told(body)));
  }

  private static String told(String body) {
    var fields = fields(body);
    var told = fields.value("error").or(() -> fields.value("message"));
    var text = told.map(String::valueOf).orElse(body.equals("{}") ? "" : body).strip();
    return text.isEmpty()
        ? ""
        : ": " + text.substring(0, Math.min(text.length(), BODY_SHOWN_MAX)).replaceAll("\\s+", " ");
  }

  private static Fields fields(String body) {
    var bytes = body.getBytes(UTF_8);
    try {
      return Fields.of(JsonBody.read(bytes, parser -> Values.slice(bytes, parser)))
          .orElse(Fields.NONE);
    } catch (ProblemException _) {
      return Fields.NONE;
    }
  }
}
