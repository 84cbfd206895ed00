package dev.stepwell.gateway.events;

import com.fasterxml.jackson.core.JsonParser;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.gateway.json.Values;
import dev.stepwell.gateway.problem.ProblemException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Takes the data of an event as it stands in the body, without the member {@code _inngest}: that is
 * where the engine's own events say what they are, and nobody else may.
 */
final class EventData {

  private static final String RESERVED_MEMBER = "_inngest";

  private EventData() {}

  /** The object whose first token is the current one; goes to its last token. */
  static Json slice(byte[] body, JsonParser parser) throws IOException, ProblemException {
    var start = Values.start(parser);
    var cutFrom = 0;
    var cutTo = 0;
    for (var field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      var reserved = field.equals(RESERVED_MEMBER);
      if (reserved) {
        cutFrom = Values.start(parser);
      }
      parser.nextToken();
      Values.pass(parser);
      if (reserved) {
        cutTo = Values.end(parser);
      }
    }
    var end = Values.end(parser);
    return Json.ofUtf8(
        cutTo == 0
            ? Arrays.copyOfRange(body, start, end)
            : without(body, start, cutFrom, cutTo, end));
  }

  /** The object from start to end without one member, and without the comma that it leaves over. */
  private static byte[] without(byte[] body, int start, int cutFrom, int cutTo, int end) {
    var before = skipBlanks(body, cutFrom - 1, -1);
    var after = skipBlanks(body, cutTo, 1);
    if (body[before] == ',') {
      return join(body, start, before, cutTo, end);
    }
    return join(body, start, cutFrom, body[after] == ',' ? after + 1 : cutTo, end);
  }

  private static int skipBlanks(byte[] body, int from, int step) {
    var at = from;
    while (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t') {
      at += step;
    }
    return at;
  }

  private static byte[] join(byte[] body, int start, int cutFrom, int cutTo, int end) {
    var joined = new byte[cutFrom - start + (end - cutTo)];
    System.arraycopy(body, start, joined, 0, cutFrom - start);
    System.arraycopy(body, cutTo, joined, cutFrom - start, end - cutTo);
    return joined;
  }
}
