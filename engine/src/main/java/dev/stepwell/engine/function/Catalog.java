package dev.stepwell.engine.function;

import dev.stepwell.engine.wire.Event;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All functions as of one moment, arranged to be found by the events that start them. Immutable.
 */
public final class Catalog {

  /** What there is before anything is registered, or before a node has heard of it. */
  public static final Catalog EMPTY = new Catalog(0, List.of(), List.of());

  private final long version;
  private final List<App> apps;
  private final Map<String, Definition> byId;
  private final Starts starts;

  /**
   * A catalog of the given functions.
   *
   * @param version grows with each change of the registry
   * @param apps of two functions with the same id the later one counts
   * @param archived functions that nothing starts any more
   */
  public Catalog(long version, Collection<App> apps, Collection<Definition> archived) {
    this.version = version;
    this.apps = List.copyOf(apps);
    var all = new LinkedHashMap<String, Definition>();
    archived.forEach(function -> all.put(function.id(), function));
    apps.forEach(app -> app.functions().forEach(function -> all.put(function.id(), function)));
    this.byId = Collections.unmodifiableMap(all);
    this.starts = Starts.of(all.values());
  }

  public List<App> apps() {
    return apps;
  }

  public long version() {
    return version;
  }

  /**
   * Whether this comes from the registry. A node that does not know yet cannot say which functions
   * an event starts.
   */
  public boolean isKnown() {
    return version > 0;
  }

  public Optional<Definition> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  public Collection<Definition> all() {
    return byId.values();
  }

  /** The functions that an event starts, each once. */
  public List<String> startedBy(Event event) {
    return starts.startedBy(event);
  }

  /** Whether some event of that name would start anything. */
  public boolean anyStartedBy(String eventName) {
    return starts.anyStartedBy(eventName);
  }
}
