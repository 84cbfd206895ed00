package dev.stepwell.gateway.apps;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.gateway.problem.Code;
import dev.stepwell.gateway.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as SDKs write it: names count in any case, and null and what is empty is as if it
 * were not there. Of two members with one name the last counts.
 */
final class Fields {

  /** What there is if there is nothing. */
  static final Fields NONE = new Fields(Map.of());

  /** Each is a Fields, a List, a String, a BigDecimal or a Boolean. */
  private final Map<String, Object> members;

  private Fields(Map<String, Object> members) {
    this.members = members;
  }

  /**
   * The members of an object.
   *
   * @return empty if it is another value
   */
  static Optional<Fields> of(Json json) {
    try (var parser = json.parser()) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? Optional.of(object(parser))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON", e);
    }
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  Optional<Object> value(String name) {
    return Optional.ofNullable(members.get(name));
  }

  Optional<String> text(String name) throws ProblemException {
    var value = members.get(name);
    if (value == null || value instanceof String) {
      return Optional.ofNullable((String) value);
    }
    throw invalid("%s must be a text".formatted(name));
  }

  OptionalInt number(String name) throws ProblemException {
    var value = members.get(name);
    return value == null ? OptionalInt.empty() : OptionalInt.of(whole(name, value));
  }

  /** The object of that name; {@link #NONE} if there is none. */
  Fields object(String name) throws ProblemException {
    var value = members.get(name);
    return value == null ? NONE : asObject(name, value);
  }

  /** The objects in the array of that name. */
  List<Fields> objects(String name) throws ProblemException {
    var value = members.getOrDefault(name, List.of());
    if (!(value instanceof List<?> all)) {
      throw invalid("%s must be an array".formatted(name));
    }
    var objects = new ArrayList<Fields>();
    for (var item : all) {
      objects.add(asObject("each of " + name, item));
    }
    return objects;
  }

  static Fields asObject(String name, Object value) throws ProblemException {
    if (value instanceof Fields fields) {
      return fields;
    }
    throw invalid("%s must be an object".formatted(name));
  }

  static int whole(String name, Object value) throws ProblemException {
    if (value instanceof BigDecimal number) {
      try {
        return number.intValueExact();
      } catch (ArithmeticException _) {
        throw invalid("%s must be a whole number, and is %s".formatted(name, number));
      }
    }
    throw invalid("%s must be a number".formatted(name));
  }

  static ProblemException invalid(String sentence) {
    return new ProblemException(Code.INVALID_FUNCTION, sentence);
  }

  private static Fields object(JsonParser in) throws IOException {
    var members = new TreeMap<String, Object>(String.CASE_INSENSITIVE_ORDER);
    for (var name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      var value = value(in, in.nextToken());
      if (value != null) {
        members.put(name, value);
      }
    }
    return members.isEmpty() ? NONE : new Fields(members);
  }

  private static @Nullable Object value(JsonParser in, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> {
        var object = object(in);
        yield object.isEmpty() ? null : object;
      }
      case START_ARRAY -> {
        var array = array(in);
        yield array.isEmpty() ? null : array;
      }
      case VALUE_STRING -> in.getTextLength() == 0 ? null : in.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static List<Object> array(JsonParser in) throws IOException {
    var items = new ArrayList<Object>();
    for (var token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
      // An empty object among others is an item with everything left out.
      var item = token == JsonToken.START_OBJECT ? object(in) : value(in, token);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }
}
