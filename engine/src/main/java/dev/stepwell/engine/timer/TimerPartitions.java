package dev.stepwell.engine.timer;

import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.engine.shard.Shards;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * All timers, as others see them.
 *
 * @param count of partitions, the same for ever in one cluster; a timer's partition follows from it
 */
public record TimerPartitions(Shards shards, int count) {
  public TimerPartitions {
    if (count < 1) {
      throw new IllegalArgumentException("at least 1 partition of timers, not " + count);
    }
  }

  /** Lets partitions live on this node. */
  public void host(TimerStore store, Time time, Deliver deliver) {
    shards.host(Timers.KIND, (id, _) -> Timers.create(Integer.parseInt(id), store, time, deliver));
  }

  /** Sets a timer. Whoever gets no answer asks again. */
  public void set(Timer timer, ActorRef<Timers.Stored> replyTo) {
    tell(timer, new Timers.Set(timer, replyTo));
  }

  /** Forgets a timer if it can still be helped. */
  public void cancel(Timer timer) {
    tell(timer, new Timers.Cancel(timer));
  }

  /**
   * Starts the partitions that do not live, and lets the others repeat what has not settled. To be
   * called when a node has started and whenever one has gone.
   */
  public void hurry() {
    for (var partition = 0; partition < count; partition++) {
      shards.tell(Timers.KIND, Integer.toString(partition), new Timers.Hurry());
    }
  }

  /** The partition, of so many, in which a target's timers are. */
  public static int of(Target target, int count) {
    return Math.floorMod(target.spread(), count);
  }

  private void tell(Timer timer, Timers.Message message) {
    shards.tell(Timers.KIND, Integer.toString(of(timer.target(), count)), message);
  }
}
