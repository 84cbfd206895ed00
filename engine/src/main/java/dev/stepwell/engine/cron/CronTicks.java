package dev.stepwell.engine.cron;

import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.timer.NextAlarm;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timer;
import dev.stepwell.engine.timer.Timers;
import dev.stepwell.engine.wakeup.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Makes ticks of due timers, on each node. A tick is appended, then the timer of the next one is
 * stored, then this one is settled; after a crash in between the timer rings again and all of it is
 * repeated, which changes nothing. Ticks that were missed while nobody was there come as one, late.
 */
public final class CronTicks extends AbstractMatchingBehavior<CronTicks.Message> {

  public sealed interface Message {}

  /** A function's timer has rung. Answered with {@link Answer.Settled}; asked again until then. */
  public record Due(Target.OfFunction target, long token, ActorRef<Answer> replyTo)
      implements Message {}

  /** Sees to it that the first tick from now on comes. May be repeated, on any node. */
  public record Ensure(String function, String cron) implements Message {}

  private record Appended(Target.OfFunction target, Optional<Throwable> failure)
      implements Message {}

  private record Stored(Timer timer) implements Message {}

  private record Ring() implements Message {}

  /**
   * A tick that is not settled yet.
   *
   * @param next the timer that must be stored first, once the tick is appended
   */
  private record Open(Due asked, Optional<Timer> next) {}

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Time time;
  private final Schedules schedules;
  private final Tick tick;
  private final BiConsumer<Timer, ActorRef<Timers.Stored>> setTimer;
  private final ActorRef<Timers.Stored> stored;
  private final NextAlarm alarm;
  private final Map<Target.OfFunction, Open> open = new HashMap<>();
  private final Map<Timer, Set<Target.OfFunction>> waiting = new HashMap<>();
  private final Set<Timer> ensured = new HashSet<>();

  private CronTicks(
      ActorContext<Message> context,
      Time time,
      Schedules schedules,
      Tick tick,
      BiConsumer<Timer, ActorRef<Timers.Stored>> setTimer) {
    super(context);
    this.time = time;
    this.schedules = schedules;
    this.tick = tick;
    this.setTimer = setTimer;
    this.stored = context.messageAdapter(Timers.Stored.class, answer -> new Stored(answer.timer()));
    this.alarm = new NextAlarm(time, () -> context.getSelf().tell(new Ring()));
  }

  /**
   * Nothing is due yet.
   *
   * @param setTimer asks for a timer to be stored, and may be asked again
   */
  public static Behavior<Message> create(
      Time time,
      Schedules schedules,
      Tick tick,
      BiConsumer<Timer, ActorRef<Timers.Stored>> setTimer) {
    return Behaviors.supervise(
            Behaviors.<Message>setup(
                context -> new CronTicks(context, time, schedules, tick, setTimer)))
        .onFailure(SupervisorStrategy.restart());
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Due due -> onDue(due);
      case Ensure(var function, var cron) -> onEnsure(function, cron);
      case Appended(var target, var failure) -> onAppended(target, failure);
      case Stored(var timer) -> onStored(timer);
      case Ring _ -> onRing();
    }
    return this;
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      alarm.cancel();
    }
    return this;
  }

  private void onDue(Due due) {
    var target = due.target();
    switch (schedules.of(target.function(), target.cron())) {
      case CURRENT -> goOn(due);
      case GONE -> {
        open.remove(target);
        settle(due);
      }
      case UNKNOWN -> {}
    }
  }

  /** Also when asked again: whatever was lost on its way is then repeated. */
  private void goOn(Due due) {
    var next = Optional.ofNullable(open.get(due.target())).flatMap(Open::next);
    open.put(due.target(), new Open(due, next));
    next.ifPresentOrElse(timer -> setTimer.accept(timer, stored), () -> append(due.target()));
  }

  private void append(Target.OfFunction target) {
    var scheduledAt = Instant.ofEpochMilli(target.scheduledAtMillis());
    getContext()
        .pipeToSelf(
            tick.append(target.function(), target.cron(), scheduledAt),
            (_, failure) -> new Appended(target, Optional.ofNullable(failure)));
  }

  private void onAppended(Target.OfFunction target, Optional<Throwable> failure) {
    var tick = open.get(target);
    if (tick == null || tick.next().isPresent()) {
      return;
    }
    if (failure.isPresent()) {
      getContext().getLog().warn("a tick was not appended, yet: {}", target, failure.get());
      return;
    }
    var next = after(target.function(), target.cron(), target.scheduledAtMillis());
    if (next.isEmpty()) {
      settleOpen(target);
      return;
    }
    open.put(target, new Open(tick.asked(), next));
    waiting.computeIfAbsent(next.get(), _ -> new HashSet<>()).add(target);
    setTimer.accept(next.get(), stored);
  }

  private void onEnsure(String function, String cron) {
    after(function, cron, Long.MIN_VALUE)
        .ifPresent(timer -> {
          ensured.add(timer);
          setTimer.accept(timer, stored);
          alarm.noLaterThan(time.instant().plus(PAUSE));
        });
  }

  private void onStored(Timer timer) {
    ensured.remove(timer);
    var targets = waiting.remove(timer);
    if (targets != null) {
      targets.forEach(this::settleOpen);
    }
  }

  private void onRing() {
    alarm.rang();
    if (!ensured.isEmpty()) {
      List.copyOf(ensured).forEach(timer -> setTimer.accept(timer, stored));
      alarm.noLaterThan(time.instant().plus(PAUSE));
    }
  }

  /** The timer of the first tick after now and after the given instant. */
  private Optional<Timer> after(String function, String cron, long scheduledAtMillis) {
    var from = Math.max(scheduledAtMillis, time.instant().toEpochMilli());
    return schedule(cron)
        .flatMap(schedule -> schedule.next(Instant.ofEpochMilli(from)))
        .map(Instant::toEpochMilli)
        .map(at -> new Timer(new Target.OfFunction(function, cron, at), at));
  }

  /** What was registered can be read; if not, the other functions must not suffer. */
  private Optional<CronSchedule> schedule(String cron) {
    try {
      return Optional.of(CronSchedule.parse(cron));
    } catch (IllegalArgumentException malformed) {
      getContext().getLog().error("nothing will be due by {}", cron, malformed);
      return Optional.empty();
    }
  }

  private void settleOpen(Target.OfFunction target) {
    var tick = open.remove(target);
    if (tick != null) {
      settle(tick.asked());
    }
  }

  private static void settle(Due due) {
    due.replyTo().tell(new Answer.Settled(due.token()));
  }
}
