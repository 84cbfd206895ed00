package dev.stepwell.engine.run;

import dev.stepwell.engine.event.EventLog;
import dev.stepwell.engine.event.EventPartitions;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timer;
import dev.stepwell.engine.timer.Timers;
import dev.stepwell.engine.wait.Wait;
import dev.stepwell.engine.wait.WaitKey;
import dev.stepwell.engine.wait.Waits;
import dev.stepwell.engine.wire.Ulid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends a run's effects on their way to the rest of the engine, and turns the answers into {@link
 * RunEntity.Effected}.
 */
final class RunEffector {

  private final Ulid runId;
  private final RunSurroundings surroundings;
  private final ActorContext<RunEntity.Message> context;

  /** Whom a caller or an event log answers to, by effect: their answers name no effect. */
  private final Map<Effect, ActorRef<?>> replyTo = new HashMap<>();

  private final Map<Wait.Id, Effect.Register> registrations = new HashMap<>();
  private @Nullable ActorRef<Timers.Stored> timersStored;
  private @Nullable ActorRef<Waits.Registered> registered;

  RunEffector(Ulid runId, RunSurroundings surroundings, ActorContext<RunEntity.Message> context) {
    this.runId = runId;
    this.surroundings = surroundings;
    this.context = context;
  }

  /**
   * Sends an effect on its way. May be called again for the same effect.
   *
   * @param trigger the event that started the run
   */
  void perform(Effect effect, Ulid trigger) {
    switch (effect) {
      case Effect.Alarm _ -> throw new IllegalArgumentException("an alarm stays in the run");
      case Effect.SetTimer(var step, var due) ->
          surroundings.timers().set(timer(step, due), timersStored());
      case Effect.CancelTimer(var step, var due) -> surroundings.timers().cancel(timer(step, due));
      case Effect.Register register -> {
        var wait = wait(register.begun(), trigger);
        registrations.put(wait.id(), register);
        var over = wait.untilMillis() <= surroundings.time().millis();
        waits(wait, new Waits.Register(wait, over, registered()));
      }
      case Effect.Unregister(var started) -> {
        var wait = wait(started, trigger);
        waits(wait, new Waits.Remove(wait.run(), wait.step(), context.getSystem().ignoreRef()));
      }
      case Effect.Publish publish -> publish(publish);
      case Effect.TellCaller tell -> tellCaller(tell);
      case Effect.Enlist enlist ->
          surroundings.enlister().tell(new RunEnlister.Put(enlist, context.getSelf().narrow()));
    }
  }

  private void publish(Effect.Publish publish) {
    var event = publish.event();
    Optional<String> only =
        switch (publish.audience()) {
          case Effect.Audience.Everybody _ -> Optional.empty();
          case Effect.Audience.Only(var function) -> Optional.of(function);
        };
    var partition = EventPartitions.of(event, surroundings.partitions());
    surroundings
        .shards()
        .tell(
            EventLog.KIND,
            Integer.toString(partition),
            new EventLog.Append(List.of(event), only, false, replyTo(publish)));
  }

  private void tellCaller(Effect.TellCaller tell) {
    var wakeUp =
        new RunEntity.WakeUp(
            new RunCommand.InvokeEnd(tell.step(), tell.outcome()), 0, replyTo(tell));
    surroundings.shards().tell(RunEntity.KIND, tell.caller().toString(), wakeUp);
  }

  @SuppressWarnings("unchecked") // an effect has one kind of answer
  private <A> ActorRef<A> replyTo(Effect effect) {
    return (ActorRef<A>)
        replyTo.computeIfAbsent(
            effect, _ -> context.spawnAnonymous(EffectAnswer.<A>create(context.getSelf(), effect)));
  }

  private Timer timer(String step, long due) {
    return new Timer(new Target.OfRun(runId, step), due);
  }

  private void waits(Wait wait, Waits.Message message) {
    var partition = wait.key().partition(surroundings.partitions());
    surroundings.shards().tell(Waits.KIND, Integer.toString(partition), message);
  }

  private Wait wait(RunFact.WaitStarted started, Ulid trigger) {
    return switch (started.awaited()) {
      case Awaited.OfEvent(var name, var match) ->
          new Wait(
              runId,
              started.step(),
              name,
              match,
              started.untilMillis(),
              started.sinceMillis(),
              trigger);
      case Awaited.OfExpression(var name, _) ->
          new Wait(
              runId,
              started.step(),
              name,
              Optional.empty(),
              started.untilMillis(),
              started.sinceMillis(),
              trigger);
      case Awaited.OfSignal(var signal) ->
          new Wait(
              runId,
              started.step(),
              WaitKey.SIGNAL_EVENT,
              Optional.of(WaitKey.signalMatch(signal)),
              started.untilMillis(),
              started.sinceMillis(),
              trigger);
    };
  }

  private ActorRef<Timers.Stored> timersStored() {
    if (timersStored == null) {
      timersStored =
          context.messageAdapter(Timers.Stored.class, stored -> effected(stored.timer()));
    }
    return timersStored;
  }

  private static RunEntity.Message effected(Timer timer) {
    if (timer.target() instanceof Target.OfRun(_, var step)) {
      return new RunEntity.Effected(new Effect.SetTimer(step, timer.dueAtMillis()));
    }
    throw new IllegalStateException("not a timer of a run: " + timer);
  }

  private ActorRef<Waits.Registered> registered() {
    if (registered == null) {
      registered = context.messageAdapter(Waits.Registered.class, this::registered);
    }
    return registered;
  }

  private RunEntity.Message registered(Waits.Registered answer) {
    if (answer.ahead().isPresent()) {
      return new RunEntity.Refused(answer.step(), answer.ahead().get());
    }
    var id = new Wait.Id(answer.run(), answer.step());
    return new RunEntity.Registered(
        Objects.requireNonNull(registrations.get(id), "answered for a wait that nobody registered"),
        answer.over(),
        answer.matched());
  }
}
