package dev.stepwell.gateway.events;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.gateway.http.Answers;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.Problem;
import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The answers of the event API. The SDKs read their fields, so they are no problem details. */
public final class IntakeAnswers {

  private static final int OK = 200;
  private static final int BYTES_PER_ID = 29;
  private static final int BYTES_AROUND = 32;

  private IntakeAnswers() {}

  /** {@code {"ids":[...],"status":200}}. */
  public static HttpResponse ids(List<Ulid> ids) {
    var json = new StringBuilder(ids.size() * BYTES_PER_ID + BYTES_AROUND);
    json.append("{\"ids\":[");
    for (var i = 0; i < ids.size(); i++) {
      json.append(i == 0 ? "\"" : ",\"").append(ids.get(i)).append('"');
    }
    json.append("],\"status\":200}");
    return Answers.json(OK, json.toString().getBytes(US_ASCII));
  }

  /** {@code {"ids":[],"status":400,"error":"..."}}; none of the request's events is stored. */
  public static HttpResponse problem(Problem problem) {
    var response =
        Answers.object(
            problem.status(),
            out -> {
              if (problem.code() == Code.UNKNOWN_EVENT_KEY) {
                out.number("status", problem.status()).text("message", "");
              } else {
                out.texts("ids", List.of()).number("status", problem.status());
              }
              out.text("error", problem.sentence());
            });
    return Answers.retryAfter(response, problem.retryAfter());
  }
}
