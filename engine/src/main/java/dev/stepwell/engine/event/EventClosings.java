package dev.stepwell.engine.event;

import dev.stepwell.engine.wait.LogClosing;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Up to which instant a partition is closed: nothing that it accepts from now on counts as received
 * before. Whoever has asked for it is answered once all that was accepted until then is in the
 * index.
 */
final class EventClosings {

  /**
   * A closing that is not answered yet.
   *
   * @param number of the first event that was accepted after it
   */
  private record Asked(long untilMillis, long number) {}

  private final int partition;
  private final Map<ActorRef<LogClosing.PartitionClosed>, Asked> asked = new LinkedHashMap<>();
  private long closedMillis;

  EventClosings(int partition) {
    this.partition = partition;
  }

  long closedMillis() {
    return closedMillis;
  }

  /**
   * Closes the partition up to an instant, or to now if that has not come yet.
   *
   * @param number of the next event that is accepted
   */
  void close(EventLog.Close close, long nowMillis, long number) {
    var until = Math.min(close.untilMillis(), nowMillis);
    closedMillis = Math.max(closedMillis, until);
    // Whoever repeats what is not answered yet is answered no sooner.
    asked.putIfAbsent(close.replyTo(), new Asked(until, number));
  }

  /**
   * Answers what can be answered.
   *
   * @param number of the first event that is not in the index
   */
  void indexed(long number) {
    if (asked.isEmpty()) {
      return;
    }
    asked
        .entrySet()
        .removeIf(entry -> {
          var done = entry.getValue().number() <= number;
          if (done) {
            var closed = new LogClosing.PartitionClosed(partition, entry.getValue().untilMillis());
            entry.getKey().tell(closed);
          }
          return done;
        });
  }

  /** Begins anew. What an earlier life has closed is not known: all that has gone by is closed. */
  void reset(long nowMillis) {
    asked.clear();
    closedMillis = Math.max(closedMillis, nowMillis);
  }
}
