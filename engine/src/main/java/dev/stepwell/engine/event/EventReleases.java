package dev.stepwell.engine.event;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Ulid;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The parked events whose instant has come: any partition takes them out of the index and starts
 * what they start. Their timers keep them until their runs have settled, and ask again meanwhile.
 */
final class EventReleases {

  private final EventIndex index;
  private final ActorContext<EventLog.Message> context;
  private final EventDeliveries deliveries;

  /** What was asked last for each event that is not done with. */
  private final Map<Ulid, EventLog.Release> underWay = new HashMap<>();

  EventReleases(
      EventIndex index, ActorContext<EventLog.Message> context, EventDeliveries deliveries) {
    this.index = index;
    this.context = context;
    this.deliveries = deliveries;
  }

  void add(EventLog.Release release) {
    if (underWay.put(release.event(), release) == null) {
      context.pipeToSelf(
          index.get(release.event()),
          (row, failure) ->
              new EventLog.Found(
                  release.event(),
                  row == null ? Optional.empty() : row.map(EventReleases::entry),
                  failure));
    }
  }

  private static Entry entry(EventIndex.Row row) {
    return new Entry(row.event(), row.functions(), row.repeatOf(), false);
  }

  /** Gives up for now: the timer asks again. */
  void postpone(Ulid event) {
    underWay.remove(event);
  }

  /** Starts what an event starts, and offers it to those partitions of the waits. */
  void begin(Entry entry, Set<Integer> waits) {
    var open = new Open(entry.event().id(), 1 + entry.functions().size() + waits.size());
    deliveries.start(entry, open::less);
    deliveries.offer(entry, waits, open::less);
    open.less();
  }

  /** The event is done with: its timer may forget it. */
  void settle(Ulid event) {
    var release = underWay.remove(event);
    if (release != null) {
      release.replyTo().tell(new Answer.Settled(release.token()));
    }
  }

  void reset() {
    underWay.clear();
  }

  private final class Open {
    private final Ulid event;
    private int count;

    private Open(Ulid event, int count) {
      this.event = event;
      this.count = count;
    }

    private void less() {
      count--;
      if (count == 0) {
        settle(event);
      }
    }
  }
}
