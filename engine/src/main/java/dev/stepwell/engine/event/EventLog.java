package dev.stepwell.engine.event;

import dev.stepwell.engine.event.EventLogFact.Entry;
import dev.stepwell.engine.fact.FactAdapter;
import dev.stepwell.engine.fact.StateAdapter;
import dev.stepwell.engine.journal.Trimmer;
import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.wait.LogClosing;
import dev.stepwell.engine.wait.WaitPaths;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * One partition of the events' way in. An event is answered for once it is stored here, and kept
 * until every run it starts has settled, its line is in the index and every wait has seen it.
 */
public final class EventLog
    extends EventSourcedBehaviorWithEnforcedReplies<EventLog.Message, EventLogFact, EventLogState> {

  public static final Kind<Message> KIND =
      Kind.partitions("event-log", Message.class, new Stop(), new Hurry());

  public sealed interface Message {}

  /** What may come from another node. */
  public sealed interface Call extends Message, dev.stepwell.engine.wire.Message {}

  /**
   * Accepts events. Safe to repeat.
   *
   * @param only the one function that is to run for them, whatever is subscribed
   * @param refusable whether the sender may be told to come back later. Runs and schedules may not:
   *     what has begun must get to its end before there is room again
   */
  public record Append(
      List<Event> events, Optional<String> only, boolean refusable, ActorRef<Appended> replyTo)
      implements Call {}

  /**
   * The events are stored; or nothing was, and the sender should come back later.
   *
   * @param overloaded whether there is too much to do for earlier events
   */
  public record Appended(boolean overloaded) implements dev.stepwell.engine.wire.Message {}

  /** Somebody waits for events of that name by that path. */
  public record PathAdded(String event, String path, ActorRef<WaitPaths.Acknowledged> replyTo)
      implements Call {}

  /**
   * Has no event accepted from now on count as received before an instant. Answered once all that
   * do are in the index.
   */
  public record Close(long untilMillis, ActorRef<LogClosing.PartitionClosed> replyTo)
      implements Call {}

  /** The instant of a parked event has come. Any partition can do this. */
  public record Release(Ulid event, long token, ActorRef<Answer> replyTo) implements Call {}

  /** Somebody who would have answered may be gone: delivers at once what has not settled. */
  public record Hurry() implements Call {}

  public record Stop() implements Call {}

  private record Checked(List<Append> appends, @Nullable Map<String, Ulid> seen)
      implements Message {}

  private record Check() implements Message {}

  record Indexed(EventPuts.Batch batch, @Nullable Throwable failure) implements Message {}

  record Found(Ulid event, Optional<Entry> entry, @Nullable Throwable failure) implements Message {}

  record PathsKnown(String event, Set<String> paths) implements Message {}

  record Answered(Answer answer) implements Message {}

  record TimerStored(Ulid event) implements Message {}

  record Rang() implements Message {}

  private record Trim() implements Message {}

  private static final FactAdapter<EventLogFact> FACTS = new FactAdapter<>(EventLogCodec.INSTANCE);
  private static final StateAdapter<EventLogState> STATE = new StateAdapter<>(EventLogCodec.STATE);
  private static final int FACTS_MAX = 1_000;

  private final EventLogDesk desk;
  private final EventLogLookups lookups;
  private final Trimmer<EventLogState> trimmer;

  private EventLog(
      String id, EventLogDesk desk, EventLogLookups lookups, Trimmer<EventLogState> trimmer) {
    super(
        PersistenceId.ofUniqueId(id),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(30), 0.2));
    this.desk = desk;
    this.lookups = lookups;
    this.trimmer = trimmer;
  }

  public static Behavior<Message> create(int number, EventLogSurroundings surroundings) {
    return Behaviors.setup(context -> {
      var id = "event-log|" + number;
      return new EventLog(
          id,
          new EventLogDesk(number, surroundings, context),
          new EventLogLookups(surroundings),
          Trimmer.create(
              context.getSystem(),
              surroundings.time(),
              id,
              EventLogCodec.STATE,
              FACTS_MAX,
              () -> context.getSelf().tell(new Trim())));
    });
  }

  @Override
  public EventLogState emptyState() {
    return EventLogState.EMPTY;
  }

  @Override
  public CommandHandlerWithReply<Message, EventLogFact, EventLogState> commandHandler() {
    return this::onMessage;
  }

  @Override
  public EventHandler<EventLogState, EventLogFact> eventHandler() {
    return (state, fact) -> {
      trimmer.applied();
      return state.apply(fact);
    };
  }

  @Override
  public SignalHandler<EventLogState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecovered)
        .onSignal(PreRestart.instance(), _ -> reset())
        .onSignal(PostStop.instance(), _ -> reset())
        .build();
  }

  @Override
  public EventAdapter<EventLogFact, ?> eventAdapter() {
    return FACTS;
  }

  @Override
  public SnapshotAdapter<EventLogState> snapshotAdapter() {
    return STATE;
  }

  private void onRecovered(EventLogState state) {
    desk.reset();
    lookups.reset();
    stored(state);
    var entries = List.copyOf(state.entries().values());
    lookups.remember(entries);
    desk.beginAgain(entries);
  }

  private void reset() {
    desk.reset();
    lookups.reset();
    trimmer.end();
  }

  private void stored(EventLogState state) {
    trimmer.stored(state, lastSequenceNumber(desk.context()));
  }

  private ReplyEffect<EventLogFact, EventLogState> onMessage(EventLogState state, Message message) {
    return switch (message) {
      case Append append -> onAppend(state, append);
      case Checked(var appends, var seen) -> onChecked(state, appends, seen);
      case Check _ -> lookUp(state);
      case PathAdded(var event, var path, var replyTo) -> {
        replyTo.tell(new WaitPaths.Acknowledged(desk.number()));
        yield after(() -> desk.pathAdded(event, path));
      }
      case Close close -> after(() -> desk.close(close));
      case PathsKnown(var event, var paths) -> after(() -> desk.pathsKnown(event, paths));
      case Release release -> after(() -> desk.release(release));
      case Found found -> after(() -> desk.found(found));
      case Indexed(var batch, var failure) -> after(() -> onIndexed(batch, failure));
      case Answered(var answer) -> after(() -> desk.answered(answer));
      case TimerStored(var event) -> after(() -> desk.timerStored(event));
      case Hurry _ -> after(desk::hurry);
      case Rang _ -> onRang();
      case Trim _ -> after(() -> trimmer.rang(state, lastSequenceNumber(desk.context())));
      case Stop _ -> Effect().stop().thenNoReply();
    };
  }

  private ReplyEffect<EventLogFact, EventLogState> onAppend(EventLogState state, Append append) {
    if (desk.refuses(append)) {
      return Effect().reply(append.replyTo(), new Appended(true));
    }
    if (append.events().stream().allMatch(event -> event.userId().isEmpty())) {
      return accept(state, List.of(append), Map.of());
    }
    lookups.add(append);
    return lookUp(state);
  }

  /** One look-up at a time, for all that have gathered; often the answer is there at once. */
  private ReplyEffect<EventLogFact, EventLogState> lookUp(EventLogState state) {
    var begun = lookups.begin();
    if (begun.isEmpty()) {
      return Effect().noReply();
    }
    var appends = begun.get().appends();
    var answer = begun.get().seen().toCompletableFuture();
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      return onChecked(state, appends, answer.join());
    }
    desk.context().pipeToSelf(answer, (seen, _) -> new Checked(appends, seen));
    return Effect().noReply();
  }

  private ReplyEffect<EventLogFact, EventLogState> onChecked(
      EventLogState state, List<Append> appends, @Nullable Map<String, Ulid> found) {
    if (found == null) {
      // The senders get no answer, and come again.
      lookups.end(Map.of());
      return lookUp(state);
    }
    var seen = lookups.end(found);
    return accept(state, appends, seen);
  }

  private ReplyEffect<EventLogFact, EventLogState> accept(
      EventLogState state, List<Append> appends, Map<String, Ulid> seen) {
    var entries = desk.decide(state, appends, seen);
    lookups.remember(entries);
    var facts = new ArrayList<EventLogFact>(2);
    if (!entries.isEmpty()) {
      facts.add(new EventLogFact.Accepted(entries));
    }
    desk.takeForgotten().ifPresent(facts::add);
    return Effect()
        .persist(List.<EventLogFact>copyOf(facts))
        .thenRun((EventLogState _) -> appends.forEach(a -> a.replyTo().tell(new Appended(false))))
        .thenRun(_ -> desk.begin(entries))
        .thenRun(this::stored)
        .thenRun(_ -> againIfLookupsWait())
        .thenNoReply();
  }

  private void againIfLookupsWait() {
    if (lookups.waiting()) {
      desk.context().getSelf().tell(new Check());
    }
  }

  private void onIndexed(EventPuts.Batch batch, @Nullable Throwable failure) {
    if (failure == null) {
      lookups.forget(batch.events());
    }
    desk.indexed(batch, failure);
  }

  private ReplyEffect<EventLogFact, EventLogState> onRang() {
    var overdue = desk.takeOverdue();
    desk.rang();
    return overdue
        .<ReplyEffect<EventLogFact, EventLogState>>map(
            fact -> Effect().persist(fact).thenRun(this::stored).thenNoReply())
        .orElseGet(() -> Effect().noReply());
  }

  private ReplyEffect<EventLogFact, EventLogState> after(Runnable effect) {
    return Effect().none().thenRun((EventLogState _) -> effect.run()).thenNoReply();
  }
}
