package dev.stepwell.engine.retention;

import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/** Sweeps once an hour, one actor for the whole cluster. */
public final class Retention extends AbstractMatchingBehavior<Retention.Message> {

  /** The one id of its kind. */
  public static final String ID = "retention";

  public static final Kind<Message> KIND = Kind.entities("retention", Message.class, new Stop());

  public sealed interface Message {}

  /** Begins to sweep, unless it has begun. */
  public record Wake() implements Message, dev.stepwell.engine.wire.Message {}

  public record Stop() implements Message, dev.stepwell.engine.wire.Message {}

  private record Ring() implements Message {}

  private record Swept(int runs, int events) implements Message {}

  private record Failed(Throwable why) implements Message {}

  private static final Duration EVERY = Duration.ofHours(1);

  private final Store store;
  private final Time time;
  private final Duration retention;
  private final Executor blocking;
  private Time.@Nullable Alarm alarm;

  private Retention(ActorContext<Message> context, Store store, Time time, Duration retention) {
    super(context);
    this.store = store;
    this.time = time;
    this.retention = retention;
    this.blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
    sweep();
  }

  /**
   * The sweeper.
   *
   * @param retention how long what is over is kept
   */
  public static Behavior<Message> create(Store store, Time time, Duration retention) {
    return Behaviors.setup(context -> new Retention(context, store, time, retention));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Wake _ -> {}
      case Ring _ -> sweep();
      case Swept(var runs, var events) -> {
        if (runs + events > 0) {
          getContext().getLog().info("retention: {} runs and {} events deleted", runs, events);
        }
        setAlarm();
      }
      case Failed(var why) -> {
        getContext().getLog().warn("retention: not everything deleted yet", why);
        setAlarm();
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

  private void sweep() {
    var sweep = new Sweep(store, time.instant().minus(retention).toEpochMilli());
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> new Swept(sweep.runs(), sweep.events()), blocking),
            (swept, failure) -> failure == null ? swept : new Failed(failure));
  }

  private void setAlarm() {
    var self = getContext().getSelf();
    alarm = time.at(time.instant().plus(EVERY), () -> self.tell(new Ring()));
  }
}
