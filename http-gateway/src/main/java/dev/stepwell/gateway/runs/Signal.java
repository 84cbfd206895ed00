package dev.stepwell.gateway.runs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.gateway.json.JsonBody;
import dev.stepwell.gateway.json.Values;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.ProblemException;
import java.io.IOException;

/**
 * What a sender says to whoever waits for it.
 *
 * @param name 1 to 512 characters
 * @param data any value; null if there was none
 */
record Signal(String name, Json data) {

  static final int MAX_NAME_LENGTH = 512;

  /** Reads {@code {"signal":name,"data":anything}}; other members are ignored. */
  static Signal parse(byte[] body) throws ProblemException {
    return JsonBody.read(body, parser -> read(body, parser));
  }

  private static Signal read(byte[] body, JsonParser parser) throws IOException, ProblemException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw malformed("The body must be an object");
    }
    var name = "";
    var data = Json.NULL;
    for (var field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      parser.nextToken();
      switch (field) {
        case "signal" -> name = name(parser);
        case "data" -> data = Values.slice(body, parser);
        default -> Values.pass(parser);
      }
    }
    if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
      throw malformed("signal must have 1 to %,d characters".formatted(MAX_NAME_LENGTH));
    }
    return new Signal(name, data);
  }

  private static String name(JsonParser parser) throws IOException, ProblemException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw malformed("signal must be a string");
    }
    return parser.getText();
  }

  private static ProblemException malformed(String sentence) {
    return new ProblemException(Code.MALFORMED_PARAMETER, sentence);
  }
}
