package dev.stepwell.engine.wait;

import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.timer.NextAlarm;
import dev.stepwell.engine.wakeup.Outstanding;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Closes the event log up to an instant: whatever is accepted from then on counts as received
 * later, and whatever was received before is in the index. One for each node, which closes the log
 * for all its waits that have ended by then: one round through the partitions at a time. Why is in
 * ADR 0011.
 */
public final class LogClosing extends AbstractMatchingBehavior<LogClosing.Message> {

  /** Rounds begin no faster, so that under load one is for many waits. */
  static final Duration PACE = Duration.ofMillis(5);

  private static final Duration LAG_MAX = Duration.ofSeconds(1);

  /** What it receives. */
  public sealed interface Message {}

  /**
   * Closes the log. Answered whenever it is closed further, until it is closed up to there. To be
   * repeated until then: that makes up for what gets lost between here and the log.
   */
  public record Close(long untilMillis, ActorRef<Closed> replyTo) implements Message {}

  /** Up to where the log is closed; perhaps not as far as was asked. */
  public record Closed(long untilMillis) {}

  /**
   * One partition of the event log is closed up to an instant: the one that was asked for, or where
   * its clock had got to if that is earlier.
   */
  public record PartitionClosed(int partition, long untilMillis)
      implements Message, dev.stepwell.engine.wire.Message {}

  /** How the event log hears of it. */
  public interface Announce {

    /**
     * Tells every partition of the event log, each of which answers {@link PartitionClosed}. May be
     * called again before all have.
     */
    void close(long untilMillis, ActorRef<PartitionClosed> replyTo);
  }

  private record Rang() implements Message {}

  private static final class Round {
    final long untilMillis;
    final Map<Integer, Long> heard = new HashMap<>();
    Instant toldAt;

    Round(long untilMillis, Instant toldAt) {
      this.untilMillis = untilMillis;
      this.toldAt = toldAt;
    }
  }

  private final int partitions;
  private final Announce announce;
  private final Time time;
  private final ActorRef<Message> self;
  private final NextAlarm alarm;
  private final Map<ActorRef<Closed>, Long> asked = new LinkedHashMap<>();
  private long closedMillis = Long.MIN_VALUE;
  private Instant earliest = Instant.MIN;
  private Instant next = Instant.MIN;
  private @Nullable Round round;

  private LogClosing(ActorContext<Message> context, int partitions, Announce announce, Time time) {
    super(context);
    this.partitions = partitions;
    this.announce = announce;
    this.time = time;
    self = context.getSelf();
    alarm = new NextAlarm(time, () -> self.tell(new Rang()));
  }

  /**
   * Begins with nothing closed.
   *
   * @param partitions of the event log
   */
  public static Behavior<Message> create(int partitions, Announce announce, Time time) {
    return Behaviors.setup(context -> new LogClosing(context, partitions, announce, time));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Close(var until, var replyTo) -> onClose(until, replyTo);
      case PartitionClosed answer -> onAnswer(answer);
      case Rang _ -> alarm.rang();
    }
    proceed();
    return this;
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      alarm.cancel();
    }
    return this;
  }

  private void onClose(long untilMillis, ActorRef<Closed> replyTo) {
    if (untilMillis <= closedMillis) {
      replyTo.tell(new Closed(closedMillis));
    } else {
      asked.merge(replyTo, untilMillis, Math::max);
      next = earliest;
      if (round != null && !round.toldAt.plus(Outstanding.PAUSE_FIRST).isAfter(time.instant())) {
        tell(round);
      }
    }
  }

  private void onAnswer(PartitionClosed answer) {
    if (round == null) {
      return;
    }
    round.heard.merge(answer.partition(), answer.untilMillis(), Math::max);
    if (round.heard.size() == partitions) {
      var until = round.heard.values().stream().mapToLong(Long::longValue).min().orElseThrow();
      var lag = Duration.ofMillis(round.untilMillis - until);
      round = null;
      closed(until, lag);
    }
  }

  /**
   * The log is closed up to an instant.
   *
   * @param lag how far the slowest partition's clock is behind what was asked for
   */
  private void closed(long untilMillis, Duration lag) {
    closedMillis = Math.max(closedMillis, untilMillis);
    asked.keySet().forEach(asker -> asker.tell(new Closed(closedMillis)));
    asked.values().removeIf(until -> until <= closedMillis);
    var lagOver = time.instant().plus(lag.compareTo(LAG_MAX) > 0 ? LAG_MAX : lag);
    next = lagOver.isAfter(earliest) ? lagOver : earliest;
  }

  private void proceed() {
    if (round != null || asked.isEmpty()) {
      return;
    }
    var now = time.instant();
    if (next.isAfter(now)) {
      alarm.noLaterThan(next);
    } else {
      round = new Round(asked.values().stream().max(Long::compare).orElseThrow(), now);
      earliest = now.plus(PACE);
      tell(round);
    }
  }

  private void tell(Round current) {
    current.toldAt = time.instant();
    announce.close(current.untilMillis, self.narrow());
  }
}
