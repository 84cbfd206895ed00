package dev.stepwell.gateway.call;

import com.fasterxml.jackson.core.JsonParser;
import dev.stepwell.engine.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in the one form that two sides can sign: members in the order of their names, numbers and
 * texts as JavaScript writes them (RFC 8785). The cost is linear in the size, however deep it is.
 */
public final class CanonicalJson {

  private sealed interface Value {}

  /** As it is written. */
  private record Plain(String text) implements Value {}

  private record Array(List<Value> values) implements Value {}

  /** Ordered by UTF-16 code units, as strings compare. Of two with one name the last counts. */
  private record Members(TreeMap<String, Value> values) implements Value {}

  private CanonicalJson() {}

  /** The canonical form of a value. */
  public static Json of(Json json) {
    try (var parser = json.parser()) {
      var text = new StringBuilder(json.sizeBytes() + 16);
      write(read(parser), text);
      return Json.of(text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON", e);
    }
  }

  /** An array or object of which the end has not been read. */
  private static final class Open {
    private final Value value;
    private String name = "";

    private Open(Value value) {
      this.value = value;
    }

    private void add(Value inner) {
      switch (value) {
        case Array(var values) -> values.add(inner);
        case Members(var values) -> values.put(name, inner);
        case Plain _ -> throw new IllegalStateException("nothing is inside " + value);
      }
    }
  }

  private static Value read(JsonParser in) throws IOException {
    var open = new ArrayDeque<Open>();
    while (true) {
      Value value;
      switch (in.nextToken()) {
        case START_OBJECT -> {
          open.push(new Open(new Members(new TreeMap<>())));
          continue;
        }
        case START_ARRAY -> {
          open.push(new Open(new Array(new ArrayList<>())));
          continue;
        }
        case FIELD_NAME -> {
          open.element().name = in.currentName();
          continue;
        }
        case END_OBJECT, END_ARRAY -> value = open.pop().value;
        case VALUE_STRING -> value = new Plain(quoted(in.getText()));
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
            value = new Plain(EcmaNumbers.text(Double.parseDouble(in.getText())));
        case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> value = new Plain(in.getText());
        case null, default -> throw new IOException("the value ends too early");
      }
      if (open.isEmpty()) {
        return value;
      }
      open.element().add(value);
    }
  }

  /** What has been begun, and how to go on with it. */
  private record Writing(Iterator<Part> parts, char end) {}

  private record Part(@Nullable String name, Value value) {}

  private static void write(Value root, StringBuilder out) {
    var open = new ArrayDeque<Writing>();
    begin(root, out, open);
    while (!open.isEmpty()) {
      var writing = open.element();
      if (!writing.parts().hasNext()) {
        out.append(writing.end());
        open.pop();
        continue;
      }
      var part = writing.parts().next();
      var last = out.charAt(out.length() - 1);
      if (last != '[' && last != '{') {
        out.append(',');
      }
      if (part.name() != null) {
        out.append(quoted(part.name())).append(':');
      }
      begin(part.value(), out, open);
    }
  }

  private static void begin(Value value, StringBuilder out, Deque<Writing> open) {
    switch (value) {
      case Plain(var text) -> out.append(text);
      case Array(var values) -> {
        out.append('[');
        open.push(new Writing(values.stream().map(it -> new Part(null, it)).iterator(), ']'));
      }
      case Members(var values) -> {
        out.append('{');
        open.push(new Writing(values.entrySet().stream().map(CanonicalJson::part).iterator(), '}'));
      }
    }
  }

  private static Part part(Map.Entry<String, Value> member) {
    return new Part(member.getKey(), member.getValue());
  }

  private static String quoted(String text) {
    var out = new StringBuilder(text.length() + 2).append('"');
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || isAlone(text, i)) {
            out.append("\\u").append(String.format("%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** Whether it is half of a pair whose other half is missing: no text, but JavaScript has it. */
  private static boolean isAlone(String text, int i) {
    var c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
