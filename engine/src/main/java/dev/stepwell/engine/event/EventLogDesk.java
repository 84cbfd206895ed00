package dev.stepwell.engine.event;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timer;
import dev.stepwell.engine.timer.Timers;
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

  /**
   * Events that are done with may wait so long to be forgotten: for the next events, whose write
   * takes them along. Should the partition be lost before, they are started once more, and their
   * runs say that they have settled.
   */
  static final Duration FORGET_WITHIN = Duration.ofSeconds(5);

  /**
   * The index may be behind by this part of what a partition may hold: so little that it takes a
   * second or two. Whoever waits for an event gets it no sooner.
   */
  private static final int UNINDEXED_PART = 4;

  /** How far an event has got. */
  private static final class Progress {
    private final Entry entry;
    private int open;

    private Progress(Entry entry, int open) {
      this.entry = entry;
      this.open = open;
    }
  }

  private final int number;
  private final EventLogSurroundings surroundings;
  private final ActorContext<EventLog.Message> context;
  private final ActorRef<Timers.Stored> timersStored;
  private final EventIndexing indexing;
  private final EventClosings closings;
  private final Map<Ulid, Progress> underWay = new HashMap<>();

  /** Parked events that are in the index, and whose timers are not known to be stored. */
  private final Map<Ulid, Entry> timersUnset = new HashMap<>();

  private final EventDeliveries deliveries;
  private final EventReleases releases;
  private List<Ulid> forgotten = new ArrayList<>();

  /** When the ones that are done with have to be forgotten at the latest. */
  private Instant forgetAt = Instant.MAX;

  private long bytes;
  private Time.@Nullable Alarm alarm;
  private Instant alarmAt = Instant.MAX;

  EventLogDesk(
      int number, EventLogSurroundings surroundings, ActorContext<EventLog.Message> context) {
    this.number = number;
    this.surroundings = surroundings;
    this.context = context;
    this.timersStored = context.messageAdapter(Timers.Stored.class, EventLogDesk::timerStored);
    this.indexing = new EventIndexing(surroundings, context);
    this.closings = new EventClosings(number);
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

  /** Whether there is too much to do for earlier events to take these, which can wait, too. */
  boolean refuses(EventLog.Append append) {
    var max = surroundings.bytesMax();
    return append.refusable() && (bytes > max || indexing.bytes() > max / UNINDEXED_PART);
  }

  List<Entry> decide(EventLogState state, List<EventLog.Append> appends, Map<String, Ulid> seen) {
    var requests = appends.stream().map(this::request).toList();
    return EventLogRules.accept(
        state, requests, seen, closings.closedMillis(), surroundings.time().millis());
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
      underWay.put(entry.event().id(), new Progress(entry, 1 + started));
      bytes += entry.sizeBytes();
      if (!entry.parked()) {
        deliveries.start(entry, () -> done(entry.event().id()));
      }
    }
    deliver();
    indexing.begin(entries, again);
    setAlarm();
  }

  private void setTimer(Entry entry) {
    var event = entry.event();
    surroundings
        .timers()
        .set(new Timer(new Target.OfEvent(event.id()), event.tsMillis()), timersStored);
  }

  /** Every event that counts as received before an instant has been accepted. */
  void close(EventLog.Close close) {
    closings.close(close, surroundings.time().millis(), indexing.nextNumber());
    closings.indexed(indexing.firstPending());
  }

  void pathAdded(String event, String path) {
    indexing.pathAdded(event, path);
  }

  void pathsKnown(String event, Set<String> known) {
    indexing.pathsKnown(event, known);
  }

  void indexed(EventPuts.Batch batch, @Nullable Throwable failure) {
    for (var entry : indexing.indexed(batch, failure)) {
      var id = entry.event().id();
      if (entry.parked()) {
        // Only now: whoever the timer wakes looks for the event in the index.
        timersUnset.put(id, entry);
        setTimer(entry);
      } else {
        offer(entry, id);
      }
      done(id);
    }
    closings.indexed(indexing.firstPending());
    deliver();
  }

  private void offer(Entry entry, Ulid id) {
    var progress = underWay.get(id);
    if (progress != null) {
      var partitions = indexing.waits(entry.event());
      progress.open += partitions.size();
      deliveries.offer(entry, partitions, () -> done(id));
    }
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
    if (indexing.knows(released.event().name())) {
      releases.begin(released, indexing.waits(released.event()));
      deliver();
    } else {
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
    timersUnset.values().forEach(this::setTimer);
    indexing.repeat();
    deliver();
  }

  /** What is done with since it was last asked; to be stored as forgotten. */
  Optional<EventLogFact> takeForgotten() {
    if (forgotten.isEmpty()) {
      return Optional.empty();
    }
    var taken = forgotten;
    forgotten = new ArrayList<>();
    forgetAt = Instant.MAX;
    return Optional.of(new EventLogFact.Forgotten(taken));
  }

  /** The same, but only if no events have come that could have taken them along. */
  Optional<EventLogFact> takeOverdue() {
    return forgetAt.isAfter(surroundings.time().instant()) ? Optional.empty() : takeForgotten();
  }

  private void done(Ulid event) {
    var progress = underWay.get(event);
    if (progress == null) {
      return;
    }
    progress.open--;
    if (progress.open == 0) {
      underWay.remove(event);
      bytes -= progress.entry.sizeBytes();
      if (forgotten.isEmpty()) {
        forgetAt = surroundings.time().instant().plus(FORGET_WITHIN);
      }
      forgotten.add(event);
    }
  }

  private void deliver() {
    deliveries.deliver();
    setAlarm();
  }

  private void setAlarm() {
    var now = surroundings.time().instant();
    var at = forgetAt;
    if (!underWay.isEmpty() || !deliveries.isEmpty() || indexing.isAsking()) {
      var repeatAt = now.plus(Outstanding.PAUSE_FIRST);
      at = repeatAt.isBefore(at) ? repeatAt : at;
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
    forgotten = new ArrayList<>();
    forgetAt = Instant.MAX;
    indexing.reset();
    closings.reset(surroundings.time().millis());
    bytes = 0;
  }
}
