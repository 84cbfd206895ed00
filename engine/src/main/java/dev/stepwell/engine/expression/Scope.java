package dev.stepwell.engine.expression;

import dev.stepwell.engine.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What expressions are about. Read once, and safe for any number of them. */
public final class Scope {

  /** What there may be: the event, the one that has come later, and what the engine says. */
  static final Set<String> NAMES = Set.of("event", "async", "vars");

  private final Map<String, Object> values;
  private final Instant now;

  private Scope(Map<String, Object> values, Instant now) {
    this.values = values;
    this.now = now;
  }

  /** Only an event. */
  public static Scope of(Json event, Instant now) {
    return new Scope(Map.of("event", read(event)), now);
  }

  /** The same, and an event that has come later. */
  public Scope with(Json async) {
    var more = new HashMap<>(values);
    more.put("async", read(async));
    return new Scope(more, now);
  }

  private static Object read(Json json) {
    try {
      return JsonTree.read(json);
    } catch (IOException e) {
      throw new UncheckedIOException("what is kept as JSON is none", e);
    }
  }

  Object value(String name) {
    return values.getOrDefault(name, Nothing.MISSING);
  }

  Instant now() {
    return now;
  }
}
