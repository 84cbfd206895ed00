package dev.stepwell.engine.flow;

import dev.stepwell.engine.fact.FactAdapter;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.timer.NextAlarm;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timer;
import dev.stepwell.engine.timer.TimerPartitions;
import dev.stepwell.engine.timer.Timers;
import dev.stepwell.engine.wakeup.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * Grants the slots of one key. Remembers only that it has begun to grant: a new life that finds it
 * so grants nothing for one lease, in which those who hold a slot say so. When nobody holds one any
 * more it is forgotten again, and nothing is left of a key that is not in use: a timer, stored
 * before anything else, brings it back to life if it could not forget because its process died.
 */
public final class Slots
    extends EventSourcedBehaviorWithEnforcedReplies<Slots.Message, SlotFact, Openness> {

  public sealed interface Message {}

  /** What comes from other nodes. */
  public sealed interface Call extends Message, dev.stepwell.engine.wire.Message {}

  /**
   * Asks for a slot, again and again until it is not wanted any more. Answered once it is granted.
   *
   * @param holder of this one claim
   * @param order of the run: smaller goes first
   * @param limit how many may hold a slot at once, at least 1
   * @param askedAtMillis goes back with the answer
   */
  public record Acquire(
      String holder, long order, int limit, long askedAtMillis, ActorRef<Granted> replyTo)
      implements Call {}

  /** Asks to keep a slot that the holder believes to have. Answered if it has. */
  public record Renew(
      String holder, long order, int limit, long askedAtMillis, ActorRef<Granted> replyTo)
      implements Call {}

  /** Gives a slot back, or does not want it any more. */
  public record Release(String holder) implements Call {}

  /** The holder has the slot for a lease from when it asked. */
  public record Granted(String slotId, String holder, long askedAtMillis)
      implements dev.stepwell.engine.wire.Message {}

  /** Time to forget, if it can. Answered once there is nothing to forget, or a later reminder. */
  public record Reminder(long token, ActorRef<Answer> replyTo) implements Call {}

  public record Stop() implements Call {}

  /** A timer that brings a reminder is stored. */
  private record Reminding(Timer timer) implements Message {}

  private record Ring() implements Message {}

  /** All facts are deleted, or could not be. */
  private record Purged(Optional<Throwable> failure) implements Message {}

  public static final Kind<Message> KIND = Kind.entities("slots", Message.class, new Stop());

  /** Deletes all that is stored under a persistence id, as if there had never been anything. */
  public interface Forget {
    CompletionStage<Void> facts(String persistenceId);
  }

  /** Longer than most keys are in use, so that few reminders come. */
  private static final Duration REMIND_AFTER = Duration.ofHours(1);

  private static final Duration BACKOFF_MIN = Duration.ofMillis(200);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(30);

  private final ActorContext<Message> context;
  private final String id;
  private final Forget forget;
  private final TimerPartitions timers;
  private final Time time;
  private final SlotTimes times;
  private final Shards.Passivate<Message> passivate;
  private final NextAlarm alarm;
  private final ActorRef<Timers.Stored> reminding;

  /** Those who have asked while the first reminder was not stored, by holder. */
  private final Map<String, SlotRules.Ask<ActorRef<Granted>>> opening = new LinkedHashMap<>();

  private final List<Reminder> reminders = new ArrayList<>();

  /** The reminder set last in this life, stored or not. */
  private Optional<Timer> next = Optional.empty();

  private SlotState<ActorRef<Granted>> slots = SlotState.emptyFrom(Instant.MAX);
  private Instant idleAt = Instant.MAX;

  /** Nothing is granted any more, whoever asks: the next life will hear it. */
  private boolean closing;

  private Slots(
      ActorContext<Message> context,
      String id,
      Forget forget,
      TimerPartitions timers,
      Time time,
      SlotTimes times,
      Shards.Passivate<Message> passivate) {
    super(
        PersistenceId.ofUniqueId(KIND.name() + "|" + id),
        SupervisorStrategy.restartWithBackoff(BACKOFF_MIN, BACKOFF_MAX, 0.2));
    this.context = context;
    this.id = id;
    this.forget = forget;
    this.timers = timers;
    this.time = time;
    this.times = times;
    this.passivate = passivate;
    this.alarm = new NextAlarm(time, () -> context.getSelf().tell(new Ring()));
    this.reminding =
        context.messageAdapter(Timers.Stored.class, answer -> new Reminding(answer.timer()));
  }

  /** The slots with an id: a function and the value of its key. */
  public static Behavior<Message> create(
      String id,
      Forget forget,
      TimerPartitions timers,
      Time time,
      SlotTimes times,
      Shards.Passivate<Message> passivate) {
    return Behaviors.setup(
        context -> new Slots(context, id, forget, timers, time, times, passivate));
  }

  @Override
  public Openness emptyState() {
    return Openness.CLOSED;
  }

  @Override
  public EventHandler<Openness, SlotFact> eventHandler() {
    return (_, _) -> Openness.OPEN;
  }

  @Override
  public CommandHandlerWithReply<Message, SlotFact, Openness> commandHandler() {
    return this::onMessage;
  }

  @Override
  public EventAdapter<SlotFact, byte[]> eventAdapter() {
    return new FactAdapter<>(SlotFactCodec.INSTANCE);
  }

  @Override
  public String snapshotPluginId() {
    return "pekko.persistence.no-snapshot-store";
  }

  @Override
  public SignalHandler<Openness> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecovered)
        .onSignal(PostStop.instance(), _ -> alarm.cancel())
        .build();
  }

  /** This object outlives a failed write, but what it knew beside the facts does not count then. */
  private void onRecovered(Openness openness) {
    opening.clear();
    reminders.clear();
    next = Optional.empty();
    var now = time.instant();
    slots = SlotState.emptyFrom(openness == Openness.OPEN ? now.plus(times.lease()) : now);
    setAlarm(now);
  }

  private ReplyEffect<SlotFact, Openness> onMessage(Openness openness, Message message) {
    return switch (message) {
      case Call _ when closing -> Effect().noReply();
      case Acquire(var holder, var order, var limit, var askedAt, var replyTo) ->
          onAsk(openness, new SlotRules.Ask<>(holder, order, limit, false, askedAt, replyTo));
      case Renew(var holder, var order, var limit, var askedAt, var replyTo) ->
          onAsk(openness, new SlotRules.Ask<>(holder, order, limit, true, askedAt, replyTo));
      case Release(var holder) -> {
        opening.remove(holder);
        follow(SlotRules.release(slots, holder, time.instant()));
        yield Effect().noReply();
      }
      case Ring _ -> {
        onRing();
        yield Effect().noReply();
      }
      case Reminder reminder -> {
        onReminder(openness, reminder);
        yield Effect().noReply();
      }
      case Reminding(var timer) when next.filter(timer::equals).isPresent() ->
          onReminding(openness);
      case Reminding _ -> Effect().noReply();
      case Stop _ -> onStop(openness);
      case Purged(var failure) -> {
        failure.ifPresentOrElse(
            why -> context.getLog().warn("slots {}: not forgotten", id, why),
            () -> next.ifPresent(timers::cancel));
        yield Effect().stop().thenNoReply();
      }
    };
  }

  private ReplyEffect<SlotFact, Openness> onAsk(
      Openness openness, SlotRules.Ask<ActorRef<Granted>> ask) {
    if (openness == Openness.OPEN) {
      hear(ask);
    } else {
      opening.put(ask.holder(), ask);
      setReminder();
    }
    return Effect().noReply();
  }

  private void onReminder(Openness openness, Reminder reminder) {
    if (openness == Openness.OPEN) {
      reminders.add(reminder);
      setReminder();
    } else {
      reminder.replyTo().tell(new Answer.Settled(reminder.token()));
    }
  }

  /** Sets a later reminder. The same again if that is still far off: it may not be stored yet. */
  private void setReminder() {
    var now = time.instant();
    var early = now.plus(REMIND_AFTER.dividedBy(2)).toEpochMilli();
    var timer = next.filter(set -> set.dueAtMillis() > early).orElseGet(() -> reminderFrom(now));
    next = Optional.of(timer);
    timers.set(timer, reminding);
  }

  private Timer reminderFrom(Instant now) {
    return new Timer(new Target.OfSlots(id), now.plus(REMIND_AFTER).toEpochMilli());
  }

  private ReplyEffect<SlotFact, Openness> onReminding(Openness openness) {
    reminders.forEach(reminder -> reminder.replyTo().tell(new Answer.Settled(reminder.token())));
    reminders.clear();
    if (openness == Openness.OPEN || opening.isEmpty()) {
      return Effect().noReply();
    }
    return Effect()
        .persist(new SlotFact(time.millis()))
        .thenRun((Openness _) -> {
          opening.values().forEach(this::hear);
          opening.clear();
        })
        .thenNoReply();
  }

  private void hear(SlotRules.Ask<ActorRef<Granted>> ask) {
    follow(SlotRules.hear(slots, ask, time.instant(), times.lease()));
  }

  private void onRing() {
    var now = time.instant();
    alarm.rang();
    if (slots.isEmpty() && !now.isBefore(idleAt)) {
      passivate.passivate(context.getSelf());
      idleAt = Instant.MAX;
    }
    follow(SlotRules.pass(slots, now));
  }

  private ReplyEffect<SlotFact, Openness> onStop(Openness openness) {
    var now = time.instant();
    slots = SlotRules.pass(slots, now).state();
    // Until one lease has gone by there may be holders that have not said so yet.
    closing = openness == Openness.OPEN && slots.isEmpty() && !now.isBefore(slots.grantsFrom());
    if (!closing) {
      return Effect().stop().thenNoReply();
    }
    // Before it stops: the next life writes under the same id.
    context.pipeToSelf(
        forget.facts(persistenceId().id()),
        (_, failure) -> new Purged(Optional.ofNullable(failure)));
    return Effect().noReply();
  }

  private void follow(SlotRules.Decision<ActorRef<Granted>> decision) {
    slots = decision.state();
    for (var grant : decision.grants()) {
      grant.replyTo().tell(new Granted(id, grant.holder(), grant.askedAtMillis()));
    }
    setAlarm(time.instant());
  }

  private void setAlarm(Instant now) {
    if (!slots.isEmpty()) {
      idleAt = Instant.MAX;
    } else if (idleAt.equals(Instant.MAX)) {
      idleAt = now.plus(times.idle());
    }
    alarm.noLaterThan(slots.nextChange().orElse(idleAt));
  }
}
