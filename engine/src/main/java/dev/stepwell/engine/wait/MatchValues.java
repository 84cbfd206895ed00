package dev.stepwell.engine.wait;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values at certain paths of events' data, in one pass and without building a tree. Made
 * once for a set of paths and used for many events, by any thread.
 */
public final class MatchValues {

  private static final String ROOT = "data.";
  private static final int NO_SLOT = -1;

  /** A name on the way to some path. */
  private static final class Node {
    final Map<String, Node> children = new HashMap<>();
    int slot = NO_SLOT;
  }

  private final List<String> paths;
  private final Node root = new Node();

  private MatchValues(Collection<String> paths) {
    this.paths = List.copyOf(new TreeSet<>(paths));
    for (var i = 0; i < this.paths.size(); i++) {
      plant(this.paths.get(i), i);
    }
  }

  /**
   * A reader of these paths.
   *
   * @param paths such as {@code data.orderId} or {@code data.order.id}; what does not begin with
   *     {@code data.} has no value in any event
   */
  public static MatchValues of(Collection<String> paths) {
    return new MatchValues(paths);
  }

  /**
   * The scalars in {@code data} at these paths, by path. There is none where {@code data} has
   * nothing, a null, an object or a list; of two members with the same name the last counts. What
   * is not JSON has no values.
   *
   * @param data of an event: what paths begin with {@code data.} for
   */
  public List<EventIndex.Match> in(Json data) {
    if (root.children.isEmpty()) {
      return List.of();
    }
    var values = new @Nullable String[paths.size()];
    try (var in = data.parser()) {
      if (in.nextToken() == JsonToken.START_OBJECT) {
        readObject(in, root, values);
      }
    } catch (IOException notJson) {
      return List.of();
    }
    return matches(values);
  }

  /**
   * The one text of a JSON scalar: equal values have equal texts. Numbers are compared by value, so
   * 42, 42.0 and 4.2e1 are {@code 42}. A text longer than 1,000 characters is replaced by {@code #}
   * and its SHA-256.
   *
   * @param value a string, a number, a boolean, or an enum, which stands for its name
   * @throws IllegalArgumentException if it is anything else, not a number, or infinite
   */
  public static String canonical(Object value) {
    return Scalars.canonical(value);
  }

  private void plant(String path, int slot) {
    if (!path.startsWith(ROOT)) {
      return;
    }
    var node = root;
    for (var name : path.substring(ROOT.length()).split("\\.", -1)) {
      node = node.children.computeIfAbsent(name, _ -> new Node());
    }
    node.slot = slot;
  }

  private static void readObject(JsonParser in, Node node, @Nullable String[] values)
      throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      var child = node.children.get(in.currentName());
      var token = in.nextToken();
      if (child == null) {
        in.skipChildren();
      } else {
        readMember(in, child, token, values);
      }
    }
  }

  private static void readMember(
      JsonParser in, Node node, JsonToken token, @Nullable String[] values) throws IOException {
    forget(node, values);
    if (token == JsonToken.START_OBJECT) {
      readObject(in, node, values);
    } else if (token == JsonToken.START_ARRAY) {
      in.skipChildren();
    } else if (node.slot != NO_SLOT) {
      values[node.slot] = Scalars.read(in, token);
    }
  }

  private static void forget(Node node, @Nullable String[] values) {
    if (node.slot != NO_SLOT) {
      values[node.slot] = null;
    }
    for (var child : node.children.values()) {
      forget(child, values);
    }
  }

  private List<EventIndex.Match> matches(@Nullable String[] values) {
    var matches = new ArrayList<EventIndex.Match>(values.length);
    for (var i = 0; i < values.length; i++) {
      var value = values[i];
      if (value != null) {
        matches.add(new EventIndex.Match(paths.get(i), value));
      }
    }
    return matches;
  }
}
