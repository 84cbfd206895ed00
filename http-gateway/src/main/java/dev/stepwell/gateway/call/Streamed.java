package dev.stepwell.gateway.call;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer that an app has streamed: it began with status 201 and blanks, so that nobody takes it
 * for hung, and says at its end what it would have been.
 */
final class Streamed {

  static final int STATUS = 201;
  private static final int FAILED = 500;

  private static final JsonFactory JSON = new JsonFactory();

  private Streamed() {}

  /**
   * The answer inside.
   *
   * @throws IOException if there is none
   */
  static Answer inside(Answer outer) throws IOException {
    var status = 0;
    var headers = new HashMap<>(outer.headers());
    byte[] body = {};
    byte[] error = {};
    try (var in = JSON.createParser(outer.body())) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object at the end of the stream");
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        var name = in.currentName();
        in.nextToken();
        switch (name) {
          case "status" -> status = in.getValueAsInt();
          case "headers" -> readHeaders(in, headers);
          case "body" -> body = value(in, outer.body());
          case "error" -> error = value(in, outer.body());
          case "retryAt" -> put(headers, "retry-after", in);
          case "noRetry" -> put(headers, "x-inngest-no-retry", in);
          default -> in.skipChildren();
        }
      }
    }
    var failed = error.length > 0 && body.length == 0;
    if (status == 0 && !failed) {
      throw new IOException("no status at the end of the stream");
    }
    return new Answer(
        status == 0 ? FAILED : status, headers, outer.contentType(), failed ? error : body);
  }

  private static void readHeaders(JsonParser in, Map<String, String> headers) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return;
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      var name = in.currentName();
      in.nextToken();
      put(headers, name, in);
    }
  }

  private static void put(Map<String, String> headers, String name, JsonParser in)
      throws IOException {
    if (in.currentToken().isScalarValue() && in.currentToken() != JsonToken.VALUE_NULL) {
      headers.keySet().removeIf(name::equalsIgnoreCase);
      headers.put(name, in.getText());
    } else {
      in.skipChildren();
    }
  }

  /** A text is the body itself; anything else is the body as JSON. Null is no body. */
  private static byte[] value(JsonParser in, byte[] bytes) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      return new byte[0];
    }
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      return in.getText().getBytes(StandardCharsets.UTF_8);
    }
    var from = (int) in.currentTokenLocation().getByteOffset();
    in.skipChildren();
    in.finishToken();
    var out = new ByteArrayOutputStream();
    out.write(bytes, from, (int) in.currentLocation().getByteOffset() - from);
    return out.toByteArray();
  }
}
