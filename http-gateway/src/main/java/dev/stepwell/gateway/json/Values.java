package dev.stepwell.gateway.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.gateway.problem.ProblemException;
import java.io.IOException;
import java.util.Arrays;

/** Finds where values begin and end in a body, so that they can be taken as they are. */
public final class Values {

  /** No number of fewer digits is too large for a double. */
  private static final int DIGITS_OF_ANY_DOUBLE = 308;

  private Values() {}

  /** The place of the current token's first byte. */
  public static int start(JsonParser parser) {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** The place after the current token's last byte. */
  public static int end(JsonParser parser) throws IOException {
    parser.finishToken();
    return (int) parser.currentLocation().getByteOffset();
  }

  /** Takes the value whose first token is the current one, byte by byte; goes to its last token. */
  public static Json slice(byte[] body, JsonParser parser) throws IOException, ProblemException {
    var start = start(parser);
    pass(parser);
    return Json.ofUtf8(Arrays.copyOfRange(body, start, end(parser)));
  }

  /**
   * Goes to the last token of the value whose first token is the current one.
   *
   * @throws ProblemException if it holds a number that is too large for a double: most who read
   *     JSON could not read it
   */
  public static void pass(JsonParser parser) throws IOException, ProblemException {
    var depth = 0;
    var token = parser.currentToken();
    while (true) {
      if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
        checkNumber(parser);
      } else if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      }
      if (depth == 0) {
        return;
      }
      token = parser.nextToken();
    }
  }

  private static void checkNumber(JsonParser parser) throws IOException, ProblemException {
    var mayBeLarge =
        parser.getTextLength() > DIGITS_OF_ANY_DOUBLE
            || parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && hasExponent(parser);
    if (mayBeLarge && Double.isInfinite(Double.parseDouble(parser.getText()))) {
      throw JsonBody.malformed(
          "the number at byte " + start(parser) + " is too large for a double");
    }
  }

  private static boolean hasExponent(JsonParser parser) throws IOException {
    var text = parser.getTextCharacters();
    var from = parser.getTextOffset();
    for (var i = from; i < from + parser.getTextLength(); i++) {
      if (text[i] == 'e' || text[i] == 'E') {
        return true;
      }
    }
    return false;
  }
}
