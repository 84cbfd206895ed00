package dev.stepwell.engine.wait;

import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.timer.NextAlarm;
import dev.stepwell.engine.wakeup.Outstanding;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Tells every partition of the event log of one path, again and again until all have heard. */
final class Announcement extends AbstractMatchingBehavior<Announcement.Message> {

  /** What it receives. */
  sealed interface Message {}

  /** Somebody is waiting: it need not wait for the pause to end. */
  record Again() implements Message {}

  private record Heard(int partition) implements Message {}

  private record PauseOver() implements Message {}

  private final String event;
  private final String path;
  private final int partitions;
  private final WaitPaths.Announce announce;
  private final Time time;
  private final Runnable allKnow;
  private final ActorRef<WaitPaths.Acknowledged> acknowledgements;
  private final BitSet heard = new BitSet();
  private final NextAlarm reminder;
  private Duration pause = Outstanding.PAUSE_FIRST;
  private Instant toldAt;

  private Announcement(
      ActorContext<Message> context,
      String event,
      String path,
      int partitions,
      WaitPaths.Announce announce,
      Time time,
      Runnable allKnow) {
    super(context);
    this.event = event;
    this.path = path;
    this.partitions = partitions;
    this.announce = announce;
    this.time = time;
    this.allKnow = allKnow;
    acknowledgements =
        context.messageAdapter(
            WaitPaths.Acknowledged.class, answer -> new Heard(answer.partition()));
    reminder = new NextAlarm(time, () -> context.getSelf().tell(new PauseOver()));
    toldAt = time.instant();
    tell();
  }

  /**
   * Announces a path, then stops.
   *
   * @param allKnow run once, when every partition has answered
   */
  static Behavior<Message> create(
      String event,
      String path,
      int partitions,
      WaitPaths.Announce announce,
      Time time,
      Runnable allKnow) {
    return Behaviors.setup(
        context -> new Announcement(context, event, path, partitions, announce, time, allKnow));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    return switch (message) {
      case Heard(var partition) -> onHeard(partition);
      case Again _ -> {
        if (!time.instant().isBefore(toldAt.plus(Outstanding.PAUSE_FIRST))) {
          tell();
        }
        yield this;
      }
      case PauseOver _ -> {
        reminder.rang();
        pause = Outstanding.longer(pause);
        tell();
        yield this;
      }
    };
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      reminder.cancel();
    }
    return this;
  }

  private Behavior<Message> onHeard(int partition) {
    if (partition < 0 || partition >= partitions) {
      throw new IllegalStateException("the event log has no partition " + partition);
    }
    heard.set(partition);
    if (heard.cardinality() < partitions) {
      return this;
    }
    allKnow.run();
    return Behaviors.stopped();
  }

  private void tell() {
    toldAt = time.instant();
    reminder.noLaterThan(toldAt.plus(pause));
    announce.path(event, path, acknowledgements);
  }
}
