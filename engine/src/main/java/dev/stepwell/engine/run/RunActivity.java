package dev.stepwell.engine.run;

import dev.stepwell.engine.run.RunState.Absent;
import dev.stepwell.engine.run.RunState.Active;
import dev.stepwell.engine.run.RunState.Ended;
import dev.stepwell.engine.shard.Shards.Passivate;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * What goes on around one run while it is in memory, and is lost with it: its executing code, the
 * effects not yet answered, and the wake-ups that wait for it to settle. Used on its actor's thread
 * only.
 */
final class RunActivity {

  /** A run without a source to wake it up again repeats unanswered effects by itself. */
  private static final long REPEAT_MILLIS = 1_000;

  private static final long GUARD_MILLIS = 5_000;

  private final Ulid runId;
  private final RunSurroundings surroundings;
  private final ActorContext<RunEntity.Message> context;
  private final RunExit exit;
  private final RunEffector effector;

  private final RunSources sources = new RunSources();
  private final Set<Effect> unanswered = new LinkedHashSet<>();
  private final RunAlarms alarms;
  private final RunBeginning beginning;
  private final RunCode code;

  /** Whether the effects of earlier lives have been made sure of in this one. */
  private boolean relied;

  private boolean enlisted;

  private final RunCancels cancels = new RunCancels();

  /** Whether code has run as far as it could, and nothing has been recorded since. */
  private boolean parked;

  RunActivity(
      Ulid runId,
      RunSurroundings surroundings,
      ActorContext<RunEntity.Message> context,
      Passivate<RunEntity.Message> shard) {
    this.runId = runId;
    this.surroundings = surroundings;
    this.context = context;
    var self = context.getSelf();
    this.exit = new RunExit(runId, surroundings.shards(), () -> shard.passivate(self));
    this.alarms = new RunAlarms(surroundings.time(), () -> self.tell(new RunEntity.Rang()));
    this.beginning =
        new RunBeginning(surroundings.time(), () -> self.tell(new RunEntity.Overdue()));
    this.code = new RunCode(runId, surroundings.launcher(), self);
    this.effector = new RunEffector(runId, surroundings, context);
  }

  long nowMillis() {
    return surroundings.time().millis();
  }

  RunExit exit() {
    return exit;
  }

  boolean isCurrent(Execution from) {
    return code.is(from);
  }

  Decision decide(RunState state, RunCommand command) {
    return surroundings.decide(state, command);
  }

  /** What a run begins with, until it is stored. */
  RunBeginning beginning() {
    return beginning;
  }

  /**
   * Whether a run that is woken begins now; its code executes already, and its facts are kept for
   * the next write.
   */
  boolean begins(RunState state, List<RunFact> facts, RunEntity.WakeUp wakeUp) {
    if (state instanceof Absent
        && facts.size() == 1
        && state.apply(facts.getFirst()) instanceof Active begun) {
      relied = true;
      sources.add(wakeUp);
      beginning.hold(new RunBeginning.Held(facts, begun));
      launch(begun);
      return true;
    }
    return false;
  }

  /** Facts have been stored, and lead to {@code state}. */
  void stored(RunState state, List<RunFact> facts) {
    if (facts.isEmpty()) {
      return;
    }
    parked = false;
    RunEffects.after(
            runId,
            state,
            facts,
            nowMillis(),
            surroundings.shortPauseMillis(),
            surroundings.anybodyListens())
        .forEach(effect -> perform(state, effect));
    unanswered.removeIf(effect -> RunEffects.isOver(state, effect));
    RunNews.tell(surroundings.listener(), runId, state, facts);
  }

  /** A wake-up has arrived, and what it carried is stored. */
  void woken(RunState state, RunEntity.WakeUp wakeUp) {
    if (wakeUp.command() instanceof RunCommand.Match) {
      // Whoever sent a signal waits for this, and not for what the run makes of it.
      wakeUp.source().tell(new Answer.Accepted(wakeUp.token()));
    }
    var again = sources.add(wakeUp);
    if (wakeUp.command() instanceof RunCommand.Due due) {
      rely(state);
      awaitEarly(state, due);
    } else if (!relied) {
      rely(state);
    } else if (again) {
      repeatUnanswered(state);
    }
    if (again && state instanceof Active) {
      enlist(state);
    }
    proceed(state);
  }

  /**
   * A match has come too late. Whoever hears of that forgets the wait, and with it the event that
   * ended it in an earlier life, which may be all that would ever wake this run again. So in a life
   * that begins with it the answer waits until all that follows is sure.
   */
  void tooLate(RunState state, RunEntity.WakeUp wakeUp) {
    if (state instanceof Absent || relied && !sources.hasLate()) {
      wakeUp.source().tell(new Answer.TooLate(wakeUp.token()));
      restIfUnused();
      return;
    }
    sources.addLate(wakeUp);
    if (relied) {
      repeatUnanswered(state);
    } else {
      rely(state);
    }
    proceed(state);
  }

  /**
   * A timer of another node's clock may be early by ours. It goes when this run settles, and the
   * same one can't be set before: so the run stays until its instant has come.
   */
  private void awaitEarly(RunState state, RunCommand.Due due) {
    if (state instanceof Active run
        && run.isDue(due.step(), due.dueAtMillis())
        && due.dueAtMillis() > nowMillis()) {
      alarms.set(due.step(), due.dueAtMillis());
    }
  }

  /**
   * Whether a cancellation may be stored: the run has a source that will make sure of what follows.
   * If not, a timer is set to be one, and the cancellation comes again when it is stored.
   */
  boolean guarded(RunState state, RunEntity.Cancel cancel) {
    if (!(state instanceof Active) || !sources.isEmpty() || cancels.isGuarded()) {
      return true;
    }
    var due = nowMillis() + GUARD_MILLIS;
    perform(state, new Effect.SetTimer(RunCommand.Due.GUARD, due));
    cancels.add(cancel);
    setClock();
    return false;
  }

  /** The executing code's reports are stored: it goes on, or waits. */
  void answer(RunState state, RunEntity.Reported reported) {
    if (reported.reports().stream().anyMatch(Report::isLast)) {
      code.abandon();
    } else if (state instanceof Active run) {
      code.answer(run, reported, nowMillis());
    } else {
      reported.handoff().abandon();
    }
    proceed(state);
  }

  void idle(RunState state, Execution from) {
    if (isCurrent(from)) {
      proceed(state);
    }
  }

  void effected(RunState state, Effect effect) {
    unanswered.remove(effect);
    if (effect instanceof Effect.SetTimer(var step, _) && step.equals(RunCommand.Due.GUARD)) {
      cancels.guarded().forEach(context.getSelf()::tell);
      return;
    }
    enlisted |= effect instanceof Effect.Enlist;
    settle(state);
  }

  /**
   * Whether a wait has timed out: its time is over, and whoever keeps the waits has looked since
   * and found nothing.
   */
  boolean timesOut(RunState state, RunEntity.Registered registered) {
    return isOver(state, registered.effect()) && registered.over() && !registered.matched();
  }

  /** A wait that has not timed out is registered. */
  void registered(RunState state, RunEntity.Registered registered) {
    var effect = registered.effect();
    if (isOver(state, effect) && !registered.over()) {
      // Its time has ended since that was asked.
      perform(state, effect);
      return;
    }
    if (isOver(state, effect)) {
      // What was found is on its way; should it get lost, the wait is looked after again.
      alarms.set(effect.begun().step(), nowMillis() + REPEAT_MILLIS);
    }
    effected(state, effect);
  }

  private boolean isOver(RunState state, Effect.Register effect) {
    return RunEffects.isPending(state, effect.begun().step())
        && effect.begun().untilMillis() <= nowMillis();
  }

  /** What the alarms that have rung by now lead to. */
  List<RunFact> rang(RunState state) {
    var facts = new ArrayList<RunFact>();
    var next = state;
    for (var due : alarms.takeDue(nowMillis())) {
      if (next instanceof Active run && run.step(due) instanceof StepState.Waiting(_, var begun)) {
        perform(state, new Effect.Register(begun));
      }
      if (decide(next, new RunCommand.Due(due, nowMillis())) instanceof Decision.Accept(var more)) {
        facts.addAll(more);
        for (var fact : more) {
          next = next.apply(fact);
        }
      }
    }
    if (sources.isEmpty()) {
      repeatUnanswered(state);
    }
    return facts;
  }

  /** A message was too early, and comes again. */
  void again(RunEntity.Message message) {
    context.getSelf().tell(message);
  }

  /** Lets code go on that can, and settles if there is none. */
  void proceed(RunState state) {
    switch (state) {
      case Absent _ -> {}
      case Ended _ -> {
        code.abandon();
        alarms.clear();
      }
      case Active run -> goOn(run);
    }
    settle(state);
  }

  private void goOn(Active run) {
    var now = nowMillis();
    code.goOn(run, now);
    if (!code.isAtWork()) {
      if (worthLaunching(run, now)) {
        launch(run);
      }
    } else if (code.isIdle() && alarms.isEmpty()) {
      code.abandon();
      parked = true;
    }
  }

  private boolean worthLaunching(Active run, long now) {
    if (run.setback().isPresent() && run.setback().get().retryAtMillis() > now) {
      return false;
    }
    return relied
        && (!parked
            || run.setback().isPresent()
            || run.steps().values().stream()
                .anyMatch(step -> step instanceof StepState.Pending && step.ready(now)));
  }

  private void launch(Active run) {
    parked = false;
    code.launch(run);
  }

  /** Once nothing is under way and nothing unanswered, the sources may forget their wake-ups. */
  private void settle(RunState state) {
    if (code.isAtWork() || !unanswered.isEmpty() || !alarms.isEmpty()) {
      setClock();
      return;
    }
    if (state instanceof Active && !sources.isEmpty() && !enlisted) {
      enlist(state);
      return;
    }
    sources.settled();
    exit.leave();
  }

  /**
   * Being stopped, perhaps in the middle of its work because its shard is about to move: whoever
   * waits for it is answered by its next life, without having to ask again.
   */
  void left() {
    var unsettled = new ArrayList<RunEntity.Call>(sources.wakeUps());
    unsettled.addAll(cancels.waiting());
    exit.left(unsettled);
  }

  /** Leaves memory again, if it was only loaded to be looked at. */
  void restIfUnused() {
    if (!code.isAtWork() && sources.isEmpty() && unanswered.isEmpty() && alarms.isEmpty()) {
      exit.leave();
    }
  }

  private void rely(RunState state) {
    relied = true;
    RunEffects.outstanding(
            runId,
            state,
            nowMillis(),
            surroundings.shortPauseMillis(),
            surroundings.anybodyListens())
        .forEach(effect -> perform(state, effect));
  }

  private void enlist(RunState state) {
    perform(state, new Effect.Enlist(RunEffects.row(runId, state)));
  }

  private void repeatUnanswered(RunState state) {
    List.copyOf(unanswered).forEach(effect -> perform(state, effect));
  }

  private void perform(RunState state, Effect effect) {
    switch (effect) {
      case Effect.Alarm(var step, var due) -> alarms.set(step, due);
      case Effect.CancelTimer cancel -> {
        if (!alarms.remove(cancel.step())) {
          effector.perform(cancel, RunEffects.trigger(state));
        }
      }
      default -> {
        if (effect.answered()) {
          unanswered.add(effect);
        }
        effector.perform(effect, RunEffects.trigger(state));
      }
    }
  }

  private void setClock() {
    var alone = sources.isEmpty() && !unanswered.isEmpty();
    alarms.wind(alone ? nowMillis() + REPEAT_MILLIS : Long.MAX_VALUE);
  }

  /** Forgets this life: the run is loaded anew, or leaves memory. */
  void reset() {
    code.abandon();
    sources.clear();
    unanswered.clear();
    alarms.clear();
    beginning.clear();
    cancels.clear();
    relied = false;
    enlisted = false;
    parked = false;
  }
}
