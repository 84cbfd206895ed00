package dev.stepwell.engine.expression;

import com.fasterxml.jackson.core.JsonParser;
import dev.stepwell.engine.wire.Json;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as values of expressions: numbers are doubles. No depth is too deep. */
final class JsonTree {

  private JsonTree() {}

  /** An array or object of which the end has not been read. */
  private sealed interface Open {
    Object value();

    void add(Object inner);
  }

  private record OpenList(List<Object> values) implements Open {
    @Override
    public Object value() {
      return Collections.unmodifiableList(values);
    }

    @Override
    public void add(Object inner) {
      values.add(inner);
    }
  }

  private static final class OpenMap implements Open {
    private final Map<Object, Object> members = new LinkedHashMap<>();
    private String name = "";

    @Override
    public Object value() {
      return Collections.unmodifiableMap(members);
    }

    @Override
    public void add(Object inner) {
      members.put(name, inner);
    }
  }

  /**
   * The value.
   *
   * @throws IOException if it is not JSON
   */
  static Object read(Json json) throws IOException {
    try (var parser = json.parser()) {
      var value = read(parser);
      if (parser.nextToken() != null) {
        throw new IOException("something follows the value");
      }
      return value;
    }
  }

  private static Object read(JsonParser in) throws IOException {
    var open = new ArrayDeque<Open>();
    while (true) {
      Object value;
      switch (in.nextToken()) {
        case START_OBJECT -> {
          open.push(new OpenMap());
          continue;
        }
        case START_ARRAY -> {
          open.push(new OpenList(new ArrayList<>()));
          continue;
        }
        case FIELD_NAME -> {
          if (open.element() instanceof OpenMap map) {
            map.name = in.currentName();
          }
          continue;
        }
        case END_OBJECT, END_ARRAY -> value = open.pop().value();
        case VALUE_STRING -> value = in.getText();
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> value = Double.valueOf(in.getText());
        case VALUE_TRUE -> value = true;
        case VALUE_FALSE -> value = false;
        case VALUE_NULL -> value = Nothing.NULL;
        case null, default -> throw new IOException("the value ends too early");
      }
      if (open.isEmpty()) {
        return value;
      }
      open.element().add(value);
    }
  }
}
