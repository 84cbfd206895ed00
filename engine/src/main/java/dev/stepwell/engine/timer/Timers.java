package dev.stepwell.engine.timer;

import dev.stepwell.engine.port.StoreOverloadedException;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.engine.port.TimerStore.Row;
import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wakeup.Outstanding;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * One partition of the timers: stores them, and delivers each once it is due until what it woke has
 * settled. All it must remember is in the store; {@link Hurry} is enough to start it anew.
 */
public final class Timers extends AbstractMatchingBehavior<Timers.Message> {

  public sealed interface Message {}

  /** What may come from another node. */
  public sealed interface Call extends Message, dev.stepwell.engine.wire.Message {}

  /** Answered once the timer is stored. Whoever gets no answer asks again. */
  public record Set(Timer timer, ActorRef<Stored> replyTo) implements Call {}

  /** Forgets a timer if it can still be helped; it may ring all the same. */
  public record Cancel(Timer timer) implements Call {}

  /** Somebody who would have answered may be gone: delivers at once what has not settled. */
  public record Hurry() implements Call {}

  public record Stop() implements Call {}

  public record Stored(Timer timer) implements dev.stepwell.engine.wire.Message {}

  private record Answered(Answer answer) implements Message {}

  private record Ring() implements Message {}

  /** A call to the store has come to its end. */
  private sealed interface Done extends Message {
    Work<ActorRef<Stored>> work();
  }

  private record Written(Work<ActorRef<Stored>> work) implements Done {}

  private record Loaded(Work.Load<ActorRef<Stored>> work, List<Row> rows) implements Done {}

  private record Looked(Work.Look<ActorRef<Stored>> work, OptionalLong next) implements Done {}

  private record Failed(Work<ActorRef<Stored>> work, Throwable why) implements Done {}

  public static final Kind<Message> KIND =
      Kind.partitions("timers", Message.class, new Stop(), new Hurry());

  /** So many timers may be delivered and unsettled at once. */
  static final int UNSETTLED_MAX = 500;

  /** So many timers are loaded at once. */
  static final int PAGE = 2_000;

  private final int number;
  private final TimerStore store;
  private final Time time;
  private final Deliver deliver;
  private final NextAlarm alarm;
  private final ActorRef<Answer> answers;
  private final Partition<ActorRef<Stored>> partition = new Partition<>(PAGE);
  private final Outstanding<Timer> outstanding = new Outstanding<>();
  private Instant repeatAt = Instant.MAX;

  private Timers(
      ActorContext<Message> context, int number, TimerStore store, Time time, Deliver deliver) {
    super(context);
    this.number = number;
    this.store = store;
    this.time = time;
    this.deliver = deliver;
    this.alarm = new NextAlarm(time, () -> context.getSelf().tell(new Ring()));
    this.answers = context.messageAdapter(Answer.class, Answered::new);
    goOn();
  }

  /** The partition with a number, which is also its number in the store. */
  public static Behavior<Message> create(int number, TimerStore store, Time time, Deliver deliver) {
    return Behaviors.supervise(
            Behaviors.<Message>setup(context -> new Timers(context, number, store, time, deliver)))
        .onFailure(
            SupervisorStrategy.restartWithBackoff(
                Duration.ofMillis(200), Duration.ofSeconds(30), 0.2));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Set(var timer, var replyTo) -> onSet(timer, replyTo);
      case Cancel(var timer) -> stored(timer, partition.cancel(timer, time.instant()));
      case Hurry _ -> onHurry();
      case Answered(var answer) -> onAnswer(answer);
      case Ring _ -> alarm.rang();
      case Done done -> onDone(done);
      case Stop _ -> {
        return Behaviors.stopped();
      }
    }
    goOn();
    return this;
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop || signal instanceof PreRestart) {
      alarm.cancel();
    }
    return this;
  }

  private void onSet(Timer timer, ActorRef<Stored> replyTo) {
    if (partition.set(timer, replyTo)) {
      replyTo.tell(new Stored(timer));
    }
  }

  private void onHurry() {
    outstanding.hurry(time.instant());
    repeatAt = time.instant();
  }

  private void onAnswer(Answer answer) {
    switch (answer) {
      case Answer.Accepted _ -> {}
      case Answer.Settled(var token) -> onSettled(token);
      // Nobody else is waiting for this instant: it is done with.
      case Answer.Declined(var token) -> onSettled(token);
      case Answer.TooLate(var token) -> onSettled(token);
    }
  }

  private void onSettled(long token) {
    outstanding
        .settled(token)
        .ifPresent(timer -> stored(timer, partition.settled(timer, time.instant())));
  }

  private void onDone(Done done) {
    if (!partition.isCurrent(done.work())) {
      return;
    }
    switch (done) {
      case Written(Work.Put<ActorRef<Stored>> put) -> {
        partition.stored(put);
        put.timers().forEach(Timers::stored);
      }
      case Written _ -> partition.deleted();
      case Loaded(var load, var rows) -> onLoaded(load, rows);
      case Looked(var look, var next) -> partition.looked(look, next);
      case Failed(var work, var why) -> {
        if (!StoreOverloadedException.isBehind(why)) {
          getContext().getLog().warn("timers {}: the store failed, to be tried again", number, why);
        }
        partition.failed(work, time.instant());
      }
    }
  }

  private void onLoaded(Work.Load<ActorRef<Stored>> load, List<Row> rows) {
    var timers = rows.stream().flatMap(row -> readable(row).stream()).toList();
    var lastMillis = rows.isEmpty() ? load.fromMillis() : rows.getLast().dueAtMillis();
    partition.loaded(load, timers, rows.size(), lastMillis);
  }

  /** A row that nobody can read must not keep the others from ringing. */
  private Optional<Timer> readable(Row row) {
    try {
      return Optional.of(TimerCodec.timer(row));
    } catch (IllegalStateException corrupt) {
      getContext()
          .getLog()
          .error("timers {}: left out {} of {}", number, row.key(), row.dueAtMillis(), corrupt);
      return Optional.empty();
    }
  }

  private void goOn() {
    var now = time.instant();
    repeat(now);
    deliverDue(now);
    partition.begin(now).ifPresent(this::start);
    setAlarm();
  }

  private void repeat(Instant now) {
    if (!now.isBefore(repeatAt)) {
      outstanding.repeat(now, (timer, token) -> deliver.due(timer, token, answers));
      repeatAt = outstanding.nextRepeat().orElse(Instant.MAX);
    }
  }

  private void deliverDue(Instant now) {
    while (outstanding.size() < UNSETTLED_MAX) {
      var due = partition.takeDue(now);
      if (due.isEmpty()) {
        return;
      }
      deliver.due(due.get(), outstanding.add(due.get(), now), answers);
      repeatAt = earlier(repeatAt, now.plus(Outstanding.PAUSE_FIRST));
    }
  }

  private void start(Work<ActorRef<Stored>> work) {
    switch (work) {
      case Work.Put<ActorRef<Stored>>(var timers) ->
          write(work, store.put(number, rows(timers.keySet())));
      case Work.Delete<ActorRef<Stored>>(var timers) ->
          write(work, store.delete(number, rows(timers)));
      case Work.Load<ActorRef<Stored>> load ->
          getContext()
              .pipeToSelf(
                  store.between(number, load.fromMillis(), load.untilMillis(), load.limit()),
                  (rows, why) -> why == null ? new Loaded(load, rows) : new Failed(load, why));
      case Work.Look<ActorRef<Stored>> look ->
          getContext()
              .pipeToSelf(
                  store.next(number, look.fromMillis()),
                  (next, why) -> why == null ? new Looked(look, next) : new Failed(look, why));
    }
  }

  private void write(Work<ActorRef<Stored>> work, CompletionStage<Void> written) {
    getContext()
        .pipeToSelf(written, (_, why) -> why == null ? new Written(work) : new Failed(work, why));
  }

  private void setAlarm() {
    var next = earlier(repeatAt, partition.beginAt().orElse(Instant.MAX));
    var firstDue = partition.firstDueAtMillis();
    if (firstDue.isPresent() && outstanding.size() < UNSETTLED_MAX) {
      next = earlier(next, Instant.ofEpochMilli(firstDue.getAsLong()));
    }
    if (next.isBefore(Instant.MAX)) {
      alarm.noLaterThan(next);
    }
  }

  private static void stored(Timer timer, Iterable<ActorRef<Stored>> waiters) {
    waiters.forEach(waiter -> waiter.tell(new Stored(timer)));
  }

  private static List<Row> rows(Collection<Timer> timers) {
    return timers.stream().map(TimerCodec::row).toList();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
