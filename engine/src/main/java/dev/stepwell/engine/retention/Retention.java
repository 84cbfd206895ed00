package dev.stepwell.engine.retention;

import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.StoreOverloadedException;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.Kind;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** Sweeps soon after it is woken, and then once an hour; one actor for the whole cluster. */
public final class Retention extends AbstractMatchingBehavior<Retention.Message> {

  /** The one id of its kind. */
  public static final String ID = "retention";

  public static final Kind<Message> KIND =
      Kind.entities("retention", Message.class, new Stop()).roused(new Wake());

  public sealed interface Message {}

  /** Begins, unless it has begun. */
  public record Wake() implements Message, dev.stepwell.engine.wire.Message {}

  public record Stop() implements Message, dev.stepwell.engine.wire.Message {}

  private record Ring() implements Message {}

  private record Swept(Sweep sweep, boolean more) implements Message {}

  private record Failed(Throwable why) implements Message {}

  /** After a long absence, what has become due meanwhile goes first. */
  private static final Duration FIRST_AFTER = Duration.ofMinutes(1);

  private static final Duration EVERY = Duration.ofHours(1);

  /** So long a user's id is recognised, by its event. */
  private static final Duration EVENTS_AT_LEAST = Duration.ofDays(1);

  private final Store store;
  private final Time time;
  private final int partitions;
  private final Duration retention;
  private Time.@Nullable Alarm alarm;

  private Retention(
      ActorContext<Message> context, Store store, Time time, int partitions, Duration retention) {
    super(context);
    this.store = store;
    this.time = time;
    this.partitions = partitions;
    this.retention = retention;
    setAlarm(FIRST_AFTER);
  }

  /**
   * The sweeper.
   *
   * @param partitions of the timers
   * @param retention how long what is over is kept; events for a day at least
   */
  public static Behavior<Message> create(
      Store store, Time time, int partitions, Duration retention) {
    return Behaviors.setup(context -> new Retention(context, store, time, partitions, retention));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Wake _ -> {}
      case Ring _ -> sweep(new Sweep(store, partitions, cutoffs()));
      case Swept(var sweep, var more) -> {
        if (more) {
          sweep(sweep);
        } else {
          report(sweep);
          setAlarm(EVERY);
        }
      }
      case Failed(var why) when StoreOverloadedException.isBehind(why) -> setAlarm(FIRST_AFTER);
      case Failed(var why) -> {
        getContext().getLog().warn("retention: not everything deleted yet", why);
        setAlarm(EVERY);
      }
      case Stop _ -> {
        return Behaviors.stopped();
      }
    }
    return this;
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop && alarm != null) {
      alarm.cancel();
    }
    return this;
  }

  private Sweep.Cutoffs cutoffs() {
    var now = time.instant();
    var events = retention.compareTo(EVENTS_AT_LEAST) < 0 ? EVENTS_AT_LEAST : retention;
    return new Sweep.Cutoffs(now.minus(retention).toEpochMilli(), now.minus(events).toEpochMilli());
  }

  private void sweep(Sweep sweep) {
    getContext()
        .pipeToSelf(
            sweep.next(),
            (more, failure) -> failure == null ? new Swept(sweep, more) : new Failed(failure));
  }

  private void report(Sweep sweep) {
    if (sweep.runs() + sweep.events() > 0) {
      getContext()
          .getLog()
          .info("retention: {} runs and {} events deleted", sweep.runs(), sweep.events());
    }
  }

  private void setAlarm(Duration after) {
    var self = getContext().getSelf();
    alarm = time.at(time.instant().plus(after), () -> self.tell(new Ring()));
  }
}
