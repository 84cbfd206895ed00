package dev.stepwell.gateway.apps;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stepwell.engine.function.App;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.JsonWriter;
import dev.stepwell.gateway.call.CanonicalJson;
import dev.stepwell.gateway.json.JsonBody;
import dev.stepwell.gateway.json.Values;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.ProblemException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an app says of itself in the body of {@code POST /fn/register}.
 *
 * @param app with an endpoint
 * @param warnings what of it is accepted but not done, in sentences
 */
record Registration(App app, List<String> warnings) {

  /** Changes with what the SDK has seen, and says nothing of functions. */
  private static final String OBSERVATIONS = "featureObservations";

  Registration {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a body.
   *
   * @throws ProblemException if it is not JSON, or if the app or any of its functions is invalid;
   *     the sentence says all of it
   */
  static Registration parse(byte[] body) throws ProblemException {
    var members = JsonBody.read(body, parser -> members(body, parser));
    var told = object(members);
    var fields = Fields.of(told).orElse(Fields.NONE);
    var findings = new Findings();
    var app = app(fields, sha256(CanonicalJson.of(told).utf8()), findings);
    findings.requireNone();
    return new Registration(app, findings.warnings());
  }

  private static App app(Fields fields, String checksum, Findings findings)
      throws ProblemException {
    try {
      var name = fields.text("appName").orElse("").strip();
      if (name.isEmpty()) {
        throw Fields.invalid("appName is missing");
      }
      var url = fields.text("url").orElse("");
      var endpoint =
          new App.Endpoint(
              AppUrl.normal(url)
                  .orElseThrow(() -> Fields.invalid("url is '%s', no URL of HTTP".formatted(url))),
              fields.text("sdk").orElse(""),
              fields.text("framework").orElse(""),
              checksum);
      var functions = Functions.read(fields.objects("functions"), findings);
      return new App(name, Optional.of(endpoint), functions);
    } catch (ProblemException e) {
      throw new ProblemException(Code.INVALID_APP, "The app is invalid: " + e.problem().sentence());
    }
  }

  /** The members that say what the app has. */
  private static Map<String, Json> members(byte[] body, JsonParser parser)
      throws IOException, ProblemException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new ProblemException(Code.MALFORMED_JSON, "The body must be an object");
    }
    var members = new LinkedHashMap<String, Json>();
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      var value = Values.slice(body, parser);
      if (!name.equalsIgnoreCase(OBSERVATIONS)) {
        members.put(name, value);
      }
    }
    return members;
  }

  private static Json object(Map<String, Json> members) {
    return Json.ofUtf8(JsonWriter.object(out -> members.forEach(out::json)));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
