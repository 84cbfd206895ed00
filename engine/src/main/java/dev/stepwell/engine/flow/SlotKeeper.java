package dev.stepwell.engine.flow;

import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.timer.NextAlarm;
import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Claims slots for the steps that execute on one node, and keeps them until they are released. */
public final class SlotKeeper extends AbstractMatchingBehavior<SlotKeeper.Message> {

  public sealed interface Message {}

  /** Somebody wants a slot. */
  record Want(Wanted wanted) implements Message {}

  /** Somebody has no more use for it, whether granted or not. */
  record Drop(Wanted wanted) implements Message {}

  private record Answered(Slots.Granted granted) implements Message {}

  private record Ring() implements Message {}

  /** One use of a slot, by one step. */
  static final class Wanted {
    private final String slotId;
    private final int limit;
    private final Ulid run;
    private final String step;
    private final Slot slot;
    private final CompletableFuture<Slot> granted = new CompletableFuture<>();

    Wanted(String slotId, int limit, Ulid run, String step, ActorRef<Message> keeper) {
      this.slotId = slotId;
      this.limit = limit;
      this.run = run;
      this.step = step;
      this.slot = new Slot(() -> keeper.tell(new Drop(this)));
    }

    CompletableFuture<Slot> granted() {
      return granted;
    }
  }

  private final Time time;
  private final Shards shards;
  private final Claims<Wanted> claims;
  private final NextAlarm alarm;
  private final ActorRef<Slots.Granted> answers;

  private SlotKeeper(
      ActorContext<Message> context, String node, Shards shards, Time time, SlotTimes times) {
    super(context);
    this.time = time;
    this.shards = shards;
    this.claims = new Claims<>(node, times.lease());
    this.alarm = new NextAlarm(time, () -> context.getSelf().tell(new Ring()));
    this.answers = context.messageAdapter(Slots.Granted.class, Answered::new);
  }

  /**
   * Keeps nothing yet.
   *
   * @param node a name that no other life of any node has: a new random one at each start
   */
  public static Behavior<Message> create(String node, Shards shards, Time time, SlotTimes times) {
    // Nothing that is kept here can be found again elsewhere: a fault must not lose it.
    return Behaviors.supervise(
            Behaviors.<Message>setup(context -> new SlotKeeper(context, node, shards, time, times)))
        .onFailure(SupervisorStrategy.resume());
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    var now = time.instant();
    var outcome =
        switch (message) {
          case Want(var wanted) -> onWant(wanted, now);
          case Drop(var wanted) -> claims.drop(wanted);
          case Answered(var granted) ->
              claims.granted(granted.slotId(), granted.holder(), granted.askedAtMillis(), now);
          case Ring _ -> {
            alarm.rang();
            yield claims.pass(now);
          }
        };
    follow(outcome);
    claims.passAt().ifPresent(alarm::noLaterThan);
    return this;
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      alarm.cancel();
    }
    return this;
  }

  private Claims.Outcome<Wanted> onWant(Wanted wanted, Instant now) {
    var label = wanted.run + "/" + wanted.step;
    return claims.want(wanted, wanted.slotId, label, wanted.run.millis(), wanted.limit, now);
  }

  private void follow(Claims.Outcome<Wanted> outcome) {
    outcome.sends().forEach(this::send);
    outcome.lost().forEach(wanted -> wanted.slot.lose());
    for (var wanted : outcome.held()) {
      wanted.granted.complete(wanted.slot);
      if (wanted.granted.isCancelled()) {
        follow(claims.drop(wanted));
      }
    }
  }

  private void send(Claims.Send send) {
    shards.tell(Slots.KIND, send.slotId(), message(send));
  }

  private Slots.Message message(Claims.Send send) {
    return switch (send) {
      case Claims.Send.Release(_, var holder) -> new Slots.Release(holder);
      case Claims.Send.Ask(_, var holder, var order, var limit, var holds, var askedAtMillis) ->
          holds
              ? new Slots.Renew(holder, order, limit, askedAtMillis, answers)
              : new Slots.Acquire(holder, order, limit, askedAtMillis, answers);
    };
  }
}
