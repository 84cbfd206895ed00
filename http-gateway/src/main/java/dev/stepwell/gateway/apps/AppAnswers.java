package dev.stepwell.gateway.apps;

import dev.stepwell.engine.function.App;
import dev.stepwell.engine.wire.Uuids;
import dev.stepwell.gateway.http.Answers;
import dev.stepwell.gateway.problem.Problem;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The answers to apps. The SDKs read their fields, so they are no problem details. */
public final class AppAnswers {

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;

  private AppAnswers() {}

  /** {@code {"code":"invalid_function","error":"...","status":400}}; the app is as before. */
  public static HttpResponse problem(Problem problem) {
    var response =
        Answers.object(
            problem.status(),
            out ->
                out.text("code", problem.code().wire())
                    .text("error", problem.sentence())
                    .number("status", problem.status()));
    return Answers.retryAfter(response, problem.retryAfter());
  }

  /**
   * An app has said what it has.
   *
   * @param modified whether that is news
   */
  static HttpResponse registered(App app, App.Endpoint endpoint, boolean modified) {
    return Answers.object(
        OK,
        out ->
            out.flag("ok", true)
                .flag("modified", modified)
                .text("sync_id", Uuids.of(app.name() + "\n" + endpoint.checksum()).toString())
                .text("app_id", Uuids.of(app.name()).toString()));
  }

  /** An app was asked to register by another kind of server. */
  static HttpResponse wrongKind(String expected) {
    return Answers.object(
        BAD_REQUEST,
        out ->
            out.text("error", "Expected server kind %s, got dev".formatted(expected))
                .number("status", BAD_REQUEST));
  }

  static HttpResponse removed() {
    return Answers.object(OK, out -> out.flag("ok", true));
  }
}
