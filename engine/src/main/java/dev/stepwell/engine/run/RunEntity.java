package dev.stepwell.engine.run;

import dev.stepwell.engine.fact.FactAdapter;
import dev.stepwell.engine.journal.Beginning;
import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.shard.Shards.Passivate;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.Recovery;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * Keeps one run. Decides nothing itself: {@link RunRules} decides, {@link RunState} remembers,
 * {@link RunActivity} does what follows.
 */
public final class RunEntity
    extends EventSourcedBehaviorWithEnforcedReplies<RunEntity.Message, RunFact, RunState> {

  public static final Kind<Message> KIND =
      new Kind<>("run", Message.class, id -> Ulid.parse(id).spread(), new Stop(), Optional.empty());

  public sealed interface Message {}

  /** What may come from anywhere, and loads the run if it is not in memory. */
  public sealed interface Call extends Message, dev.stepwell.engine.wire.Message {}

  /** Answered {@link Answer.Settled} once all that follows is stored. */
  public record WakeUp(RunCommand.WakeUp command, long token, ActorRef<Answer> source)
      implements Call {}

  /**
   * Asks for a page of what people see of the run.
   *
   * @param fromStep how many steps were on the pages before; empty for the first page
   */
  public record Describe(OptionalInt fromStep, ActorRef<Description> replyTo) implements Call {}

  /**
   * A page, see {@link RunPages}.
   *
   * @param view empty if there is no such run
   * @param more whether there are more steps
   */
  public record Description(Optional<RunView> view, boolean more)
      implements dev.stepwell.engine.wire.Message {}

  /** Answered once the end is stored. */
  public record Cancel(String reason, ActorRef<Cancellation> replyTo) implements Call {}

  /** Empty if it was done. */
  public record Cancellation(Optional<Refusal> refusal)
      implements dev.stepwell.engine.wire.Message {}

  public record Stop() implements Message, dev.stepwell.engine.wire.Message {}

  /** From the executing code. */
  record Reported(
      Execution from, List<Report> reports, Optional<String> until, Execution.Handoff handoff)
      implements Message {}

  /** From the executing code: all its threads are blocked. */
  record Idle(Execution from) implements Message {}

  /** An effect is stored. */
  record Effected(Effect effect) implements Message {}

  /**
   * A wait is registered, and looked after.
   *
   * @param over whether that was asked when its time was over
   */
  record Registered(Effect.Register effect, boolean over, boolean matched) implements Message {}

  /** A wait for a signal was not registered: another run waits for it already. */
  record Refused(String step, Ulid ahead) implements Message {}

  /** The alarm that the run has set for itself. */
  record Rang() implements Message {}

  /** The start has waited long enough to be stored on its own. */
  record Overdue() implements Message {}

  private static final FactAdapter<RunFact> FACTS = new FactAdapter<>(RunFactCodec.INSTANCE);

  private final Ulid runId;
  private final RunActivity activity;

  /** Whether nothing is stored of it yet. */
  private final boolean isNew;

  private RunEntity(Ulid runId, RunActivity activity, boolean isNew) {
    // Stops when the journal fails: the sources of its wake-ups start it again.
    super(PersistenceId.ofUniqueId(persistenceId(runId)));
    this.runId = runId;
    this.activity = activity;
    this.isNew = isNew;
  }

  /** Under what id a run's facts are kept. */
  public static String persistenceId(Ulid runId) {
    return "run|" + runId;
  }

  public static Behavior<Message> create(
      String id, RunSurroundings surroundings, Passivate<Message> shard) {
    return Beginning.withFirst(first ->
        Behaviors.setup(context -> {
          var runId = Ulid.parse(id);
          var isNew = mayBegin(first) && Beginning.isNew(context.getSystem(), persistenceId(runId));
          return new RunEntity(runId, activity(runId, surroundings, context, shard), isNew);
        }));
  }

  /** Whether a run may begin with a message: others are sent to runs that have begun. */
  private static boolean mayBegin(Message message) {
    return message instanceof WakeUp(RunCommand.Start _, _, _);
  }

  private static RunActivity activity(
      Ulid runId,
      RunSurroundings surroundings,
      ActorContext<Message> context,
      Passivate<Message> shard) {
    return new RunActivity(runId, surroundings, context, shard);
  }

  @Override
  public Recovery recovery() {
    return isNew ? Recovery.disabled() : super.recovery();
  }

  @Override
  public RunState emptyState() {
    return RunState.ABSENT;
  }

  @Override
  public CommandHandlerWithReply<Message, RunFact, RunState> commandHandler() {
    return this::onMessage;
  }

  @Override
  public EventHandler<RunState, RunFact> eventHandler() {
    return RunState::apply;
  }

  @Override
  public SignalHandler<RunState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), _ -> activity.reset())
        .onSignal(PostStop.instance(), _ -> activity.reset())
        .build();
  }

  @Override
  public EventAdapter<RunFact, ?> eventAdapter() {
    return FACTS;
  }

  @Override
  public String snapshotPluginId() {
    return "pekko.persistence.no-snapshot-store";
  }

  private ReplyEffect<RunFact, RunState> onMessage(RunState state, Message message) {
    var start = activity.beginning().take();
    if (start != null) {
      return onFirst(start, message);
    }
    return switch (message) {
      case Call call when activity.exit().keeps(call) -> Effect().noReply();
      case WakeUp wakeUp -> onWakeUp(state, wakeUp);
      case Reported reported -> onReported(state, reported);
      case Effected(var effect) -> after(() -> activity.effected(state, effect));
      case Registered registered -> onRegistered(state, registered);
      case Refused(var step, var ahead) -> onProgress(state, new RunCommand.Refuse(step, ahead));
      case Idle(var from) -> after(() -> activity.idle(state, from));
      case Rang _ -> onRang(state);
      case Overdue _ -> Effect().noReply();
      case Describe(var fromStep, var replyTo) -> onDescribe(state, fromStep, replyTo);
      case Cancel cancel when !activity.guarded(state, cancel) -> Effect().noReply();
      case Cancel(var reason, var replyTo) -> onCancel(state, reason, replyTo);
      case Stop _ -> {
        activity.left();
        yield Effect().stop().thenNoReply();
      }
    };
  }

  private ReplyEffect<RunFact, RunState> onWakeUp(RunState state, WakeUp wakeUp) {
    return switch (activity.decide(state, wakeUp.command())) {
      case Decision.Accept(var facts) when facts.isEmpty() ->
          after(() -> activity.woken(state, wakeUp));
      case Decision.Accept(var facts) when activity.begins(state, facts, wakeUp) ->
          Effect().noReply();
      case Decision.Accept(var facts) ->
          Effect()
              .persist(facts)
              .thenRun((RunState now) -> activity.stored(now, facts))
              .thenRun(now -> activity.woken(now, wakeUp))
              .thenNoReply();
      case Decision.Decline(var waits) when waits -> {
        wakeUp.source().tell(new Answer.Declined(wakeUp.token()));
        yield after(activity::restIfUnused);
      }
      case Decision.Decline _ -> after(() -> activity.tooLate(state, wakeUp));
      case Decision.Refuse(var refusal) ->
          throw new IllegalStateException("a wake-up is never refused: " + refusal.detail());
    };
  }

  /** What comes first after a start is stored with it, if it is the code's, and else waits. */
  private ReplyEffect<RunFact, RunState> onFirst(RunBeginning.Held start, Message message) {
    if (message instanceof Reported reported && activity.isCurrent(reported.from())) {
      return progress(start.facts(), start.state(), reported);
    }
    return Effect()
        .persist(start.facts())
        .thenRun((RunState now) -> activity.stored(now, start.facts()))
        .thenRun(activity::proceed)
        .thenRun(_ -> activity.again(message))
        .thenNoReply();
  }

  private ReplyEffect<RunFact, RunState> onReported(RunState state, Reported reported) {
    if (!activity.isCurrent(reported.from())) {
      reported.handoff().abandon();
      return Effect().noReply();
    }
    return progress(List.of(), state, reported);
  }

  /**
   * @param before facts that are not stored yet, and have led to {@code state}
   */
  private ReplyEffect<RunFact, RunState> progress(
      List<RunFact> before, RunState state, Reported reported) {
    return switch (activity.decide(state, new RunCommand.Progress(reported.reports()))) {
      case Decision.Accept(var more) -> {
        var facts = before.isEmpty() ? more : concat(before, more);
        yield Effect()
            .persist(facts)
            .thenRun((RunState now) -> activity.stored(now, facts))
            .thenRun(now -> activity.answer(now, reported))
            .thenNoReply();
      }
      case Decision.Decline _, Decision.Refuse _ ->
          throw new IllegalStateException("progress is never refused");
    };
  }

  private ReplyEffect<RunFact, RunState> onRegistered(RunState state, Registered registered) {
    return activity.timesOut(state, registered)
        ? onProgress(state, new RunCommand.Unmatched(registered.effect().begun().step()))
        : after(() -> activity.registered(state, registered));
  }

  private ReplyEffect<RunFact, RunState> onProgress(RunState state, RunCommand command) {
    return switch (activity.decide(state, command)) {
      case Decision.Accept(var facts) -> goOnWith(facts);
      case Decision.Decline _, Decision.Refuse _ ->
          throw new IllegalStateException("progress is never refused");
    };
  }

  private ReplyEffect<RunFact, RunState> onRang(RunState state) {
    return goOnWith(activity.rang(state));
  }

  private ReplyEffect<RunFact, RunState> goOnWith(List<RunFact> facts) {
    return Effect()
        .persist(facts)
        .thenRun((RunState now) -> activity.stored(now, facts))
        .thenRun(activity::proceed)
        .thenNoReply();
  }

  private ReplyEffect<RunFact, RunState> onDescribe(
      RunState state, OptionalInt fromStep, ActorRef<Description> replyTo) {
    replyTo.tell(RunPages.page(RunViews.of(runId, state, activity.nowMillis()), fromStep));
    return after(activity::restIfUnused);
  }

  private ReplyEffect<RunFact, RunState> onCancel(
      RunState state, String reason, ActorRef<Cancellation> replyTo) {
    return switch (activity.decide(state, new RunCommand.Cancel(reason))) {
      case Decision.Accept(var facts) ->
          Effect()
              .persist(facts)
              .thenRun((RunState now) -> activity.stored(now, facts))
              .thenRun(activity::proceed)
              .thenReply(replyTo, _ -> new Cancellation(Optional.empty()));
      case Decision.Refuse(var refusal) -> {
        replyTo.tell(new Cancellation(Optional.of(refusal)));
        yield after(activity::restIfUnused);
      }
      case Decision.Decline _ -> throw new IllegalStateException("a cancellation is not declined");
    };
  }

  private ReplyEffect<RunFact, RunState> after(Runnable effect) {
    return Effect().none().thenRun((RunState _) -> effect.run()).thenNoReply();
  }

  private static List<RunFact> concat(List<RunFact> first, List<RunFact> then) {
    var all = new ArrayList<RunFact>(first.size() + then.size());
    all.addAll(first);
    all.addAll(then);
    return all;
  }
}
