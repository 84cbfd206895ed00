package dev.stepwell.engine.wait;

import dev.stepwell.engine.fact.FactAdapter;
import dev.stepwell.engine.fact.StateAdapter;
import dev.stepwell.engine.journal.Trimmer;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.StoreOverloadedException;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.slf4j.Logger;

/**
 * One partition of the waits: keeps those whose {@link WaitKey} falls to it. An event without a
 * waiter costs no I/O.
 */
public final class Waits extends EventSourcedBehavior<Waits.Message, WaitsFact, WaitsState> {

  public static final Kind<Message> KIND =
      Kind.partitions("waits", Message.class, new Stop(), new Hurry());

  private static final Duration BACKOFF_MIN = Duration.ofMillis(200);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(30);
  private static final int FACTS_MAX = 5_000;
  private static final int STASH_MAX = 32_768;

  /** What a partition receives. */
  public sealed interface Message {}

  /** What others ask of it. */
  public sealed interface Request extends Message, dev.stepwell.engine.wire.Message {}

  /**
   * Begins a wait. Answered once the wait is stored, every event accepted from now on will be
   * offered to it, and an earlier one that matches, if the wait looks back, is stored and on its
   * way to the run. May be repeated: it looks back again and answers again.
   *
   * @param over whether the wait's time is over by its run's clock: answered only when no event can
   *     be accepted in time any more, and all that were have been looked at
   */
  public record Register(Wait subscription, boolean over, ActorRef<Registered> replyTo)
      implements Request {}

  /**
   * The wait cannot miss an event any more.
   *
   * @param over whether that holds for good: the wait's time is over
   * @param matched whether the run has taken an event for it, so that the wait has not timed out
   * @param ahead another run that waits for the same signal and gets it first; always empty for a
   *     wait for an event
   */
  public record Registered(
      Ulid run, String step, boolean over, boolean matched, Optional<Ulid> ahead)
      implements dev.stepwell.engine.wire.Message {}

  /**
   * Ends a wait, because its run waits no longer. If the run is being asked about an event, it is
   * asked on until it has answered. Answered once that is stored; may be repeated.
   */
  public record Remove(Ulid run, String step, ActorRef<Removed> replyTo) implements Request {}

  public record Removed(Ulid run, String step) implements dev.stepwell.engine.wire.Message {}

  /**
   * Hands an event to the waits that it matches, one for each run. Answered {@link Answer.Settled}
   * once every run has settled; at once if nobody waits for it. Not answered if there are too many
   * under way: repeat it.
   *
   * @param event of which the index knows already
   */
  public record Offer(Event event, long token, ActorRef<Answer> replyTo) implements Request {}

  /**
   * Hands {@code data} to the run that has waited longest for {@code signal}. If it is repeated,
   * another run may get it too.
   */
  public record Signal(String signal, Json data, ActorRef<Signalled> replyTo) implements Request {}

  /** What became of a signal. */
  public sealed interface Signalled extends dev.stepwell.engine.wire.Message {}

  /** The run has stored it. */
  public record Delivered(Ulid run) implements Signalled {}

  public record Nobody() implements Signalled {}

  /** Membership has changed: whatever waits for an answer is asked again at once. */
  public record Hurry() implements Request {}

  /** How a match reaches a run. */
  public interface Deliver {

    /**
     * Tells the run that an event has come for one of its waits. Repeated until the run has
     * answered {@link Answer.Settled}, {@link Answer.Declined} or {@link Answer.TooLate}; after
     * {@link Answer.Accepted} the event carries no data any more.
     *
     * @param event for a signal: one named {@link WaitKey#SIGNAL_EVENT} whose data is what the
     *     signal came with, not necessarily an object
     */
    void matched(Wait wait, Event event, long token, ActorRef<Answer> replyTo);
  }

  /** Nothing is on its way to the partition: it writes what it has to, and stops. */
  record Stop() implements Message {}

  /** Time to write what has gathered. */
  record Write() implements Message {}

  /** Time to delete old facts. */
  record Trim() implements Message {}

  /** Its own reminders and results. */
  sealed interface Own extends Message {}

  record Slice() implements Own {}

  record Tick() implements Own {}

  record Sweep() implements Own {}

  record PathIsActive(WaitPaths.Active active) implements Own {}

  record LogIsClosed(LogClosing.Closed closed) implements Own {}

  record RunAnswered(Answer answer) implements Own {}

  record PageRead(Pursuit pursuit, LookBack lookBack, List<Event> page) implements Own {}

  record PageMissed(Pursuit pursuit) implements Own {}

  private final ActorContext<Message> context;
  private final String id;
  private final Shards shards;
  private final EventIndex events;
  private final ActorRef<LogClosing.Message> closing;
  private final Deliver deliver;
  private final Time time;
  private final Logger log;
  private final Trimmer<WaitsState> trimmer;
  private WaitsLife life;

  private Waits(
      ActorContext<Message> context,
      String id,
      Shards shards,
      EventIndex events,
      ActorRef<LogClosing.Message> closing,
      Deliver deliver,
      Time time) {
    super(
        PersistenceId.of(KIND.name(), id),
        SupervisorStrategy.restartWithBackoff(BACKOFF_MIN, BACKOFF_MAX, 0.2));
    this.context = context;
    this.id = id;
    this.shards = shards;
    this.events = events;
    this.closing = closing;
    this.deliver = deliver;
    this.time = time;
    this.log = context.getLog();
    this.life = newLife();
    this.trimmer =
        Trimmer.create(
            context.getSystem(),
            time,
            persistenceId().id(),
            WaitsStateCodec.INSTANCE,
            FACTS_MAX,
            () -> context.getSelf().tell(new Trim()));
  }

  /** One partition on a node, whose event log is closed by {@code closing}. */
  public static Behavior<Message> create(
      String id,
      Shards shards,
      EventIndex events,
      ActorRef<LogClosing.Message> closing,
      Deliver deliver,
      Time time) {
    return Behaviors.setup(
        context -> new Waits(context, id, shards, events, closing, deliver, time));
  }

  @Override
  public WaitsState emptyState() {
    return WaitsState.EMPTY;
  }

  @Override
  public EventHandler<WaitsState, WaitsFact> eventHandler() {
    return (state, fact) -> {
      trimmer.applied();
      return state.apply(fact);
    };
  }

  @Override
  public CommandHandler<Message, WaitsFact, WaitsState> commandHandler() {
    return this::onMessage;
  }

  @Override
  public EventAdapter<WaitsFact, byte[]> eventAdapter() {
    return new FactAdapter<>(WaitsFactCodec.INSTANCE);
  }

  @Override
  public SnapshotAdapter<WaitsState> snapshotAdapter() {
    return new StateAdapter<>(WaitsStateCodec.INSTANCE);
  }

  @Override
  public Optional<Integer> stashCapacity() {
    return Optional.of(STASH_MAX);
  }

  @Override
  public SignalHandler<WaitsState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecovered)
        .onSignal(PreRestart.instance(), _ -> end())
        .onSignal(PostStop.instance(), _ -> end())
        .build();
  }

  /** This object outlives a failed write, but what it knew beside the state does not count then. */
  private void onRecovered(WaitsState state) {
    life.end();
    life = newLife();
    life.begin(state);
    trim(state);
  }

  private void end() {
    life.end();
    trimmer.end();
  }

  private void trim(WaitsState state) {
    trimmer.stored(state, lastSequenceNumber(context));
  }

  private WaitsLife newLife() {
    return new WaitsLife(time, new Surroundings());
  }

  private Effect<WaitsFact, WaitsState> onMessage(WaitsState state, Message message) {
    if (message instanceof Trim) {
      return Effect().none().thenRun(() -> trimmer.rang(state, lastSequenceNumber(context)));
    }
    var facts = life.on(state, message);
    var effect = facts.isEmpty() ? Effect().none() : persist(facts);
    return message instanceof Stop ? effect.thenStop() : effect;
  }

  private EffectBuilder<WaitsFact, WaitsState> persist(List<WaitsFact> facts) {
    return Effect()
        .persist(facts)
        .thenRun((WaitsState state) -> life.stored(state, facts))
        .thenRun(this::trim);
  }

  private final class Surroundings implements WaitsLife.Outside {

    private final ActorRef<Answer> answers = context.messageAdapter(Answer.class, RunAnswered::new);
    private final ActorRef<WaitPaths.Active> activations =
        context.messageAdapter(WaitPaths.Active.class, PathIsActive::new);
    private final ActorRef<LogClosing.Closed> closings =
        context.messageAdapter(LogClosing.Closed.class, LogIsClosed::new);

    @Override
    public void tellSelf(Message message) {
      context.getSelf().tell(message);
    }

    @Override
    public void ensure(ActivePaths.Path path) {
      shards.tell(WaitPaths.KIND, path.event(), new WaitPaths.Ensure(path.path(), activations));
    }

    @Override
    public void close(long untilMillis) {
      closing.tell(new LogClosing.Close(untilMillis, closings));
    }

    @Override
    public void read(Pursuit pursuit, LookBack lookBack) {
      var query = lookBack.query();
      var page =
          events.lookBack(
              query.name(), query.match(), query.fromMillis(), query.untilMillis(), query.limit());
      context.pipeToSelf(
          page,
          (found, bug) -> {
            if (bug == null) {
              return new PageRead(pursuit, lookBack, found);
            }
            if (!StoreOverloadedException.isBehind(bug)) {
              log.warn("Partition {} of waits could not look back; it will try again", id, bug);
            }
            return new PageMissed(pursuit);
          });
    }

    @Override
    public void deliver(Wait wait, Event event, long token) {
      deliver.matched(wait, event, token, answers);
    }
  }
}
