package dev.stepwell.engine.event;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.event.EventPuts.Pending;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.wait.WaitPaths;
import dev.stepwell.engine.wire.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rows of accepted events into the index, each with its values at the paths by which
 * somebody waits for its name: for a name that is new to this partition they are asked for first.
 */
final class EventIndexing {

  private final EventLogSurroundings surroundings;
  private final ActorRef<WaitPaths.Known> pathsKnown;
  private final EventPaths paths = new EventPaths(this::namesInUse);
  private final EventPuts puts;

  /** By names whose paths were asked for. */
  private final Map<String, List<Pending>> nameless = new HashMap<>();

  /** Of the events whose rows are not in the index. */
  private long bytes;

  EventIndexing(EventLogSurroundings surroundings, ActorContext<EventLog.Message> context) {
    this.surroundings = surroundings;
    this.puts = new EventPuts(surroundings.index(), surroundings.time(), context, this::row);
    this.pathsKnown =
        context.messageAdapter(
            WaitPaths.Known.class, known -> new EventLog.PathsKnown(known.event(), known.paths()));
  }

  /**
   * Begins with events.
   *
   * @param again whether an earlier life may have put their rows
   */
  void begin(List<Entry> entries, boolean again) {
    var fresh = new ArrayList<Pending>(entries.size());
    for (var entry : entries) {
      fresh.add(new Pending(entry, again || entry.event().mayHaveComeBefore()));
      bytes += entry.sizeBytes();
    }
    index(fresh);
  }

  private void index(List<Pending> some) {
    var named = new ArrayList<Pending>(some.size());
    for (var one : some) {
      var name = one.entry().event().name();
      if (paths.know(name)) {
        named.add(one);
      } else {
        nameless.computeIfAbsent(name, this::ask).add(one);
      }
    }
    puts.add(named);
  }

  private List<Pending> ask(String name) {
    surroundings.shards().tell(WaitPaths.KIND, name, new WaitPaths.Get(pathsKnown));
    return new ArrayList<>();
  }

  private EventIndex.Row row(Entry entry) {
    return new EventIndex.Row(
        entry.event(), entry.functions(), entry.repeatOf(), paths.matches(entry.event()));
  }

  /** Returns the events that may be offered now: whoever may wait for them is known. */
  List<Entry> indexed(EventPuts.Batch batch, @Nullable Throwable failure) {
    var there = new ArrayList<Entry>();
    for (var one : puts.ended(batch, failure)) {
      bytes -= one.entry().sizeBytes();
      there.add(one.entry());
    }
    return there;
  }

  /** Of the events whose rows are not in the index yet, about. */
  long bytes() {
    return bytes;
  }

  /** Of a name that is not in use, all paths will be asked for, and this one among them. */
  void pathAdded(String event, String path) {
    if (nameless.containsKey(event) || paths.follow(event)) {
      paths.added(event, path);
    }
  }

  void pathsKnown(String event, Set<String> known) {
    paths.known(event, known);
    var waiting = nameless.remove(event);
    if (waiting != null) {
      puts.add(waiting);
    }
  }

  private Set<String> namesInUse() {
    var names = puts.names();
    names.addAll(nameless.keySet());
    return names;
  }

  /** Whether it is known who may wait for events of that name; if not, it is asked for. */
  boolean knows(String name) {
    if (paths.know(name)) {
      return true;
    }
    nameless.computeIfAbsent(name, this::ask);
    return false;
  }

  /** The partitions of the waits that may have one for the event. */
  Set<Integer> waits(Event event) {
    return paths.waits(event, surroundings.partitions());
  }

  /** Whether somebody must {@link #repeat} what was asked for. */
  boolean isAsking() {
    return !nameless.isEmpty();
  }

  void repeat() {
    nameless.keySet().forEach(this::ask);
    puts.begin();
  }

  void reset() {
    puts.reset();
    nameless.clear();
    paths.reset();
    bytes = 0;
  }
}
