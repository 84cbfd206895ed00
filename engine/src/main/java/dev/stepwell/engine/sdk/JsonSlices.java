package dev.stepwell.engine.sdk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stepwell.engine.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of a JSON value, each byte by byte as it is. */
final class JsonSlices {
  private JsonSlices() {}

  /**
   * The value itself, without what is around it.
   *
   * @throws IOException if it is not one JSON value
   */
  static Json checked(byte[] bytes) throws IOException {
    var json = Json.ofUtf8(bytes);
    try (var in = json.parser()) {
      if (in.nextToken() == null) {
        throw new IOException("nothing");
      }
      var value = slice(bytes, in);
      if (in.nextToken() != null) {
        throw new IOException("more than one value");
      }
      return value;
    }
  }

  /**
   * The members of an object, the last one of each name; none if it is something else.
   *
   * @throws IOException if it is not JSON
   */
  static Map<String, Json> members(Json object) throws IOException {
    var members = new LinkedHashMap<String, Json>();
    try (var in = object.parser()) {
      if (in.nextToken() == JsonToken.START_OBJECT) {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          var name = in.currentName();
          in.nextToken();
          members.put(name, slice(object.utf8(), in));
        }
      }
    }
    return members;
  }

  /**
   * The items of a list; of anything else itself alone.
   *
   * @throws IOException if it is not JSON
   */
  static List<Json> items(Json list) throws IOException {
    var items = new ArrayList<Json>();
    try (var in = list.parser()) {
      if (in.nextToken() != JsonToken.START_ARRAY) {
        return List.of(list);
      }
      while (in.nextToken() != JsonToken.END_ARRAY) {
        items.add(slice(list.utf8(), in));
      }
    }
    return items;
  }

  /** The text, if it is one. */
  static Optional<String> text(Json value) throws IOException {
    try (var in = value.parser()) {
      return in.nextToken() == JsonToken.VALUE_STRING
          ? Optional.of(in.getText())
          : Optional.empty();
    }
  }

  static boolean isObject(Json value) throws IOException {
    try (var in = value.parser()) {
      return in.nextToken() == JsonToken.START_OBJECT;
    }
  }

  /** The value at whose first token the parser is, which then is at its last. */
  private static Json slice(byte[] bytes, JsonParser in) throws IOException {
    var from = (int) in.currentTokenLocation().getByteOffset();
    in.skipChildren();
    in.finishToken();
    return Json.ofUtf8(Arrays.copyOfRange(bytes, from, (int) in.currentLocation().getByteOffset()));
  }
}
