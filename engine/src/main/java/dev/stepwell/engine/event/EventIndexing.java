package dev.stepwell.engine.event;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.wait.WaitPaths;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
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

  /** An event whose row is not known to be in the index. */
  private static final class Pending {
    private final Entry entry;

    /** Whether the row may be there nevertheless. */
    private boolean put;

    private Pending(Entry entry, boolean put) {
      this.entry = entry;
      this.put = put;
    }
  }

  private final EventLogSurroundings surroundings;
  private final ActorContext<EventLog.Message> context;
  private final ActorRef<WaitPaths.Known> pathsKnown;
  private final EventPaths paths = new EventPaths();
  private final Map<Ulid, Pending> pending = new HashMap<>();

  /** By names whose paths were asked for. */
  private final Map<String, List<Pending>> nameless = new HashMap<>();

  private final List<Pending> failed = new ArrayList<>();

  EventIndexing(EventLogSurroundings surroundings, ActorContext<EventLog.Message> context) {
    this.surroundings = surroundings;
    this.context = context;
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
      var event = entry.event();
      var one = new Pending(entry, again || event.mayHaveComeBefore());
      pending.put(event.id(), one);
      fresh.add(one);
    }
    index(fresh);
  }

  private void index(List<Pending> some) {
    var named = new ArrayList<Pending>(some.size());
    for (var one : some) {
      var name = one.entry.event().name();
      if (paths.know(name)) {
        named.add(one);
      } else {
        nameless.computeIfAbsent(name, this::ask).add(one);
      }
    }
    if (!named.isEmpty()) {
      put(named);
    }
  }

  private List<Pending> ask(String name) {
    surroundings.shards().tell(WaitPaths.KIND, name, new WaitPaths.Get(pathsKnown));
    return new ArrayList<>();
  }

  private void put(List<Pending> some) {
    var rows = new ArrayList<EventIndex.Row>(some.size());
    var ids = new ArrayList<Ulid>(some.size());
    var again = false;
    for (var one : some) {
      var entry = one.entry;
      rows.add(
          new EventIndex.Row(
              entry.event(), entry.functions(), entry.repeatOf(), paths.matches(entry.event())));
      ids.add(entry.event().id());
      again |= one.put;
      one.put = true;
    }
    var index = surroundings.index();
    var stage = (again ? index.put(rows) : index.add(rows)).toCompletableFuture();
    if (stage.isDone() && !stage.isCompletedExceptionally()) {
      context.getSelf().tell(new EventLog.Indexed(ids, null));
    } else {
      context.pipeToSelf(stage, (_, failure) -> new EventLog.Indexed(ids, failure));
    }
  }

  /** Returns the events that may be offered now: whoever may wait for them is known. */
  List<Entry> indexed(List<Ulid> events, @Nullable Throwable failure) {
    if (failure != null) {
      context.getLog().warn("{} events not in the index yet", events.size(), failure);
    }
    var there = new ArrayList<Entry>(events.size());
    for (var id : events) {
      var one = pending.get(id);
      if (one == null) {
        continue;
      }
      if (failure != null) {
        failed.add(one);
      } else if (paths.know(one.entry.event().name())) {
        pending.remove(id);
        there.add(one.entry);
      } else {
        // Forgotten meanwhile, among too many names: once more from the beginning.
        index(List.of(one));
      }
    }
    return there;
  }

  void pathAdded(String event, String path) {
    paths.added(event, path);
  }

  void pathsKnown(String event, Set<String> known) {
    paths.known(event, known);
    var waiting = nameless.remove(event);
    if (waiting != null && !waiting.isEmpty()) {
      put(waiting);
    }
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
    if (!failed.isEmpty()) {
      var again = List.copyOf(failed);
      failed.clear();
      put(again);
    }
  }

  void reset() {
    pending.clear();
    nameless.clear();
    failed.clear();
    paths.reset();
  }
}
