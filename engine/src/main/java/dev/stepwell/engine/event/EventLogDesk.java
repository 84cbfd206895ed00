package dev.stepwell.engine.event;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timer;
import dev.stepwell.engine.timer.Timers;
import dev.stepwell.engine.wait.WaitPaths;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wakeup.Outstanding;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * What goes on for the accepted events of one partition while it is in memory, and begins anew when
 * it is loaded again: first the event's line in the index, then whoever waits for it; and at once
 * the runs that it starts.
 */
final class EventLogDesk {

  /** Events that are done with may wait so long to be forgotten: they cost one write together. */
  private static final Duration FORGET_WITHIN = Duration.ofMillis(200);

  private static final long OVERHEAD_BYTES = 512;

  /** How far an event has got. */
  private static final class Progress {
    private final Entry entry;
    private int open;

    /** Whether its row may be in the index already. */
    private boolean put;

    private Progress(Entry entry, int open, boolean put) {
      this.entry = entry;
      this.open = open;
      this.put = put;
    }
  }

  private final int number;
  private final EventLogSurroundings surroundings;
  private final ActorContext<EventLog.Message> context;
  private final ActorRef<Timers.Stored> timersStored;
  private final ActorRef<WaitPaths.Known> pathsKnown;
  private final EventPaths paths = new EventPaths();
  private final Map<Ulid, Progress> underWay = new HashMap<>();
  private final Map<String, List<Entry>> nameless = new HashMap<>();
  private final List<Entry> notIndexed = new ArrayList<>();

  /** Parked events that are in the index, and whose timers are not known to be stored. */
  private final Map<Ulid, Entry> timersUnset = new HashMap<>();

  private final EventDeliveries deliveries;
  private final EventReleases releases;
  private List<Ulid> forgotten = new ArrayList<>();
  private long bytes;
  private Time.@Nullable Alarm alarm;
  private Instant alarmAt = Instant.MAX;

  EventLogDesk(
      int number, EventLogSurroundings surroundings, ActorContext<EventLog.Message> context) {
    this.number = number;
    this.surroundings = surroundings;
    this.context = context;
    this.timersStored = context.messageAdapter(Timers.Stored.class, EventLogDesk::timerStored);
    this.pathsKnown =
        context.messageAdapter(
            WaitPaths.Known.class, known -> new EventLog.PathsKnown(known.event(), known.paths()));
    this.deliveries =
        new EventDeliveries(
            surroundings, context.messageAdapter(Answer.class, EventLog.Answered::new));
    this.releases = new EventReleases(surroundings.index(), context, deliveries);
  }

  private static EventLog.TimerStored timerStored(Timers.Stored stored) {
    if (stored.timer().target() instanceof Target.OfEvent(var event)) {
      return new EventLog.TimerStored(event);
    }
    throw new IllegalStateException("not a timer of the event log: " + stored.timer());
  }

  int number() {
    return number;
  }

  ActorContext<EventLog.Message> context() {
    return context;
  }

  /**
   * Whether there is too much to do for earlier events to take more. Runs wait for their own events
   * to be stored before they settle: to refuse those would never make room.
   */
  boolean refuses(EventLog.Append append) {
    return bytes > surroundings.bytesMax()
        && append.events().stream().noneMatch(event -> EventPaths.isOwn(event.name()));
  }

  List<Entry> decide(EventLogState state, List<EventLog.Append> appends, Map<String, Ulid> seen) {
    var requests = appends.stream().map(this::request).toList();
    return EventLogRules.accept(state, requests, seen, surroundings.time().millis());
  }

  private EventLogRules.Request request(EventLog.Append append) {
    return new EventLogRules.Request(
        append.events(),
        append
            .only()
            .<Function<Event, List<String>>>map(only -> _ -> List.of(only))
            .orElseGet(surroundings::subscribed));
  }

  /** Does what is to be done for events that have just been stored. */
  void begin(List<Entry> entries) {
    begin(entries, false);
  }

  /** Does once more what is to be done for events that an earlier life has stored. */
  void beginAgain(List<Entry> entries) {
    begin(entries, true);
  }

  private void begin(List<Entry> entries, boolean again) {
    for (var entry : entries) {
      var started = entry.parked() ? 1 : entry.functions().size();
      underWay.put(entry.event().id(), new Progress(entry, 1 + started, again));
      bytes += bytes(entry);
      if (!entry.parked()) {
        deliveries.start(entry, () -> done(entry.event().id()));
      }
    }
    deliver();
    index(entries);
  }

  /** About what an entry takes in memory: the payload, and what is kept around it. */
  private static long bytes(Entry entry) {
    return OVERHEAD_BYTES + entry.event().data().sizeBytes();
  }

  private void setTimer(Entry entry) {
    var event = entry.event();
    surroundings
        .timers()
        .set(new Timer(new Target.OfEvent(event.id()), event.tsMillis()), timersStored);
  }

  private void index(List<Entry> entries) {
    var known = new ArrayList<Entry>(entries.size());
    for (var entry : entries) {
      var name = entry.event().name();
      if (paths.know(name)) {
        known.add(entry);
      } else {
        nameless.computeIfAbsent(name, this::ask).add(entry);
      }
    }
    if (!known.isEmpty()) {
      put(known);
    }
    setAlarm();
  }

  private List<Entry> ask(String name) {
    surroundings.shards().tell(WaitPaths.KIND, name, new WaitPaths.Get(pathsKnown));
    return new ArrayList<>();
  }

  void pathAdded(String event, String path) {
    paths.added(event, path);
  }

  void pathsKnown(String event, Set<String> known) {
    paths.known(event, known);
    var waiting = nameless.remove(event);
    if (waiting != null) {
      put(waiting);
    }
  }

  private void put(List<Entry> entries) {
    var rows = new ArrayList<EventIndex.Row>(entries.size());
    var ids = new ArrayList<Ulid>(entries.size());
    var again = false;
    for (var entry : entries) {
      rows.add(
          new EventIndex.Row(
              entry.event(), entry.functions(), entry.repeatOf(), paths.matches(entry.event())));
      ids.add(entry.event().id());
      var progress = underWay.get(entry.event().id());
      again |= progress == null || progress.put || mayHaveComeBefore(entry.event());
      if (progress != null) {
        progress.put = true;
      }
    }
    var index = surroundings.index();
    var stage = (again ? index.put(rows) : index.add(rows)).toCompletableFuture();
    if (stage.isDone() && !stage.isCompletedExceptionally()) {
      context.getSelf().tell(new EventLog.Indexed(ids, null));
    } else {
      context.pipeToSelf(stage, (_, failure) -> new EventLog.Indexed(ids, failure));
    }
  }

  /**
   * Whether an event, done with and forgotten by now, may have had the same id. Whoever makes ids
   * himself may send an event again, and so may a step after a crash: later than the id says. An
   * event that is accepted in its id's own millisecond could only replace a row at its own place.
   */
  private static boolean mayHaveComeBefore(Event event) {
    return event.id().millis() != event.receivedAtMillis();
  }

  void indexed(List<Ulid> events, @Nullable Throwable failure) {
    if (failure != null) {
      context.getLog().warn("{} events not in the index yet", events.size(), failure);
    }
    for (var id : events) {
      var progress = underWay.get(id);
      if (progress == null) {
        continue;
      }
      if (failure != null) {
        notIndexed.add(progress.entry);
        continue;
      }
      if (!paths.know(progress.entry.event().name())) {
        // Forgotten meanwhile, among too many names: once more from the beginning.
        index(List.of(progress.entry));
        continue;
      }
      if (progress.entry.parked()) {
        // Only now: whoever the timer wakes looks for the event in the index.
        timersUnset.put(id, progress.entry);
        setTimer(progress.entry);
      } else {
        var partitions = paths.waits(progress.entry.event(), surroundings.partitions());
        progress.open += partitions.size();
        deliveries.offer(progress.entry, partitions, () -> done(id));
      }
      done(id);
    }
    deliver();
  }

  void timerStored(Ulid event) {
    if (timersUnset.remove(event) != null) {
      done(event);
      setAlarm();
    }
  }

  /** The instant of a parked event has come. */
  void release(EventLog.Release release) {
    releases.add(release);
  }

  void found(EventLog.Found found) {
    if (found.failure() != null) {
      context.getLog().warn("parked event {} not read", found.event(), found.failure());
      releases.postpone(found.event());
    } else if (found.entry().isEmpty()) {
      releases.settle(found.event());
    } else {
      begin(found.entry().get());
    }
  }

  private void begin(Entry released) {
    var name = released.event().name();
    if (paths.know(name)) {
      releases.begin(released, paths.waits(released.event(), surroundings.partitions()));
      deliver();
    } else {
      nameless.computeIfAbsent(name, this::ask);
      releases.postpone(released.event().id());
      setAlarm();
    }
  }

  void answered(Answer answer) {
    deliveries.answered(answer);
    deliver();
  }

  void hurry() {
    deliveries.hurry();
    setAlarm();
  }

  void rang() {
    alarm = null;
    alarmAt = Instant.MAX;
    deliveries.repeat();
    nameless.keySet().forEach(this::ask);
    timersUnset.values().forEach(this::setTimer);
    if (!notIndexed.isEmpty()) {
      var again = List.copyOf(notIndexed);
      notIndexed.clear();
      put(again);
    }
    deliver();
  }

  /** What is done with since it was last asked; to be stored as forgotten. */
  Optional<EventLogFact> takeForgotten() {
    if (forgotten.isEmpty()) {
      return Optional.empty();
    }
    var taken = forgotten;
    forgotten = new ArrayList<>();
    return Optional.of(new EventLogFact.Forgotten(taken));
  }

  private void done(Ulid event) {
    var progress = underWay.get(event);
    if (progress == null) {
      return;
    }
    progress.open--;
    if (progress.open == 0) {
      underWay.remove(event);
      bytes -= bytes(progress.entry);
      forgotten.add(event);
    }
  }

  private void deliver() {
    deliveries.deliver();
    setAlarm();
  }

  private void setAlarm() {
    var now = surroundings.time().instant();
    var at = Instant.MAX;
    if (!forgotten.isEmpty()) {
      at = now.plus(FORGET_WITHIN);
    } else if (!underWay.isEmpty() || !deliveries.isEmpty() || !nameless.isEmpty()) {
      at = now.plus(Outstanding.PAUSE_FIRST);
    }
    if (at.isBefore(alarmAt)) {
      if (alarm != null) {
        alarm.cancel();
      }
      alarmAt = at;
      var self = context.getSelf();
      alarm = surroundings.time().at(at, () -> self.tell(new EventLog.Rang()));
    }
  }

  void reset() {
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
    alarmAt = Instant.MAX;
    deliveries.reset();
    releases.reset();
    timersUnset.clear();
    underWay.clear();
    nameless.clear();
    notIndexed.clear();
    forgotten = new ArrayList<>();
    paths.reset();
    bytes = 0;
  }
}
