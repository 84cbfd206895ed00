package dev.stepwell.engine.event;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.timer.TimerPartitions;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What all partitions of the event log on a node share.
 *
 * @param partitions how many there are of event logs, timers and waits each
 * @param subscribed the functions that an event starts, at this moment
 * @param bytesMax of events that a partition may hold unsettled; beyond it takes no more
 */
public record EventLogSurroundings(
    Time time,
    Shards shards,
    EventIndex index,
    int partitions,
    Function<Event, List<String>> subscribed,
    Starter starter,
    long bytesMax) {

  TimerPartitions timers() {
    return new TimerPartitions(shards, partitions);
  }

  /** Starts runs. May be asked again for the same run. */
  public interface Starter {

    void start(Ulid runId, String function, Event event, long token, ActorRef<Answer> replyTo);
  }
}
