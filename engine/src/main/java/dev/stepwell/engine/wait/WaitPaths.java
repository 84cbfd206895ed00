package dev.stepwell.engine.wait;

import dev.stepwell.engine.fact.FactAdapter;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.Kind;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.timer.NextAlarm;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The paths by which somebody waits for one event name; its id is the name. A path counts as active
 * once every partition of the event log has said that it knows it: that closes the race between an
 * event and a wait by a new path.
 */
public final class WaitPaths
    extends EventSourcedBehavior<WaitPaths.Message, WaitPathsFact, WaitPathsState> {

  public static final Kind<Message> KIND = Kind.entities("wait-paths", Message.class, new Stop());

  private static final Duration IDLE_MAX = Duration.ofMinutes(1);
  private static final Duration BACKOFF_MIN = Duration.ofMillis(200);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(30);

  /** What it receives. */
  public sealed interface Message {}

  /** What others ask of it. */
  public sealed interface Request extends Message, dev.stepwell.engine.wire.Message {}

  /**
   * Makes a path active. Answered once it is; may be repeated.
   *
   * @param path empty for waits without equality
   */
  public record Ensure(String path, ActorRef<Active> replyTo) implements Request {}

  /**
   * Every partition of the event log knows the path.
   *
   * @param activeSinceMillis by the clock of this actor's node: events accepted from then on were
   *     stored with their value at the path, but for a difference between the nodes' clocks
   */
  public record Active(String event, String path, long activeSinceMillis)
      implements dev.stepwell.engine.wire.Message {}

  /** Asks for all paths; answered at once. */
  public record Get(ActorRef<Known> replyTo) implements Request {}

  /**
   * Every path that is stored, active or not.
   *
   * @param paths the empty one is among them if somebody waits for any event of the name
   */
  public record Known(String event, Set<String> paths)
      implements dev.stepwell.engine.wire.Message {}

  /**
   * A partition of the event log: every event that it accepts from now on is offered by the path.
   */
  public record Acknowledged(int partition) implements dev.stepwell.engine.wire.Message {}

  /** How the event log hears of a new path. */
  public interface Announce {

    /**
     * Tells every partition of the event log, each of which answers {@link Acknowledged}. Called
     * again until all have.
     */
    void path(String event, String path, ActorRef<Acknowledged> replyTo);
  }

  private record Stop() implements Message {}

  private record AllKnow(String path) implements Message {}

  private record Idle() implements Message {}

  /** Who wants to hear that a path is active, and who sees to it. */
  private record Pending(
      ActorRef<Announcement.Message> announcement, Set<ActorRef<Active>> askers) {}

  private final ActorContext<Message> context;
  private final String event;
  private final int partitions;
  private final Announce announce;
  private final Shards.Passivate<Message> passivate;
  private final Time time;
  private final Map<String, Pending> pending = new HashMap<>();
  private final NextAlarm idle;
  private Instant usedAt;

  private WaitPaths(
      ActorContext<Message> context,
      String event,
      int partitions,
      Announce announce,
      Shards.Passivate<Message> passivate,
      Time time) {
    super(
        // An event name may hold any character, even the one that separates the parts of such ids.
        PersistenceId.ofUniqueId(KIND.name() + '|' + event),
        SupervisorStrategy.restartWithBackoff(BACKOFF_MIN, BACKOFF_MAX, 0.2));
    this.context = context;
    this.event = event;
    this.partitions = partitions;
    this.announce = announce;
    this.passivate = passivate;
    this.time = time;
    this.idle = new NextAlarm(time, () -> context.getSelf().tell(new Idle()));
    this.usedAt = time.instant();
  }

  /**
   * The paths of one event name.
   *
   * @param partitions of the event log, numbered from 0
   */
  public static Behavior<Message> create(
      String event,
      int partitions,
      Announce announce,
      Shards.Passivate<Message> passivate,
      Time time) {
    return Behaviors.setup(
        context -> new WaitPaths(context, event, partitions, announce, passivate, time));
  }

  @Override
  public WaitPathsState emptyState() {
    return WaitPathsState.EMPTY;
  }

  @Override
  public EventHandler<WaitPathsState, WaitPathsFact> eventHandler() {
    return WaitPathsState::apply;
  }

  @Override
  public CommandHandler<Message, WaitPathsFact, WaitPathsState> commandHandler() {
    return this::onMessage;
  }

  @Override
  public EventAdapter<WaitPathsFact, byte[]> eventAdapter() {
    return new FactAdapter<>(WaitPathsFactCodec.INSTANCE);
  }

  @Override
  public SignalHandler<WaitPathsState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), _ -> begin())
        .onSignal(PostStop.instance(), _ -> idle.cancel())
        .build();
  }

  /** After a failed write too: whoever waits for an answer asks again. */
  private void begin() {
    pending.clear();
    used();
  }

  private Effect<WaitPathsFact, WaitPathsState> onMessage(WaitPathsState state, Message message) {
    return switch (message) {
      case Ensure(var path, var replyTo) -> onEnsure(state, path, replyTo);
      case Get(var replyTo) -> {
        used();
        replyTo.tell(new Known(event, Set.copyOf(state.paths().keySet())));
        yield Effect().none();
      }
      case AllKnow(var path) -> onAllKnow(path);
      case Idle _ -> onIdle();
      case Stop _ -> Effect().stop();
    };
  }

  private Effect<WaitPathsFact, WaitPathsState> onEnsure(
      WaitPathsState state, String path, ActorRef<Active> replyTo) {
    used();
    var known = state.find(path);
    var since = known.orElse(OptionalLong.empty());
    if (since.isPresent()) {
      replyTo.tell(new Active(event, path, since.getAsLong()));
      return Effect().none();
    }
    if (known.isPresent()) {
      announce(path, replyTo);
      return Effect().none();
    }
    return Effect()
        .persist(new WaitPathsFact.PathAdded(path))
        .thenRun(() -> announce(path, replyTo));
  }

  private void announce(String path, ActorRef<Active> replyTo) {
    var earlier = pending.get(path);
    if (earlier == null) {
      var announcement =
          context.spawnAnonymous(
              Announcement.create(
                  event,
                  path,
                  partitions,
                  announce,
                  time,
                  () -> context.getSelf().tell(new AllKnow(path))));
      earlier = new Pending(announcement, new LinkedHashSet<>());
      pending.put(path, earlier);
    } else {
      earlier.announcement().tell(new Announcement.Again());
    }
    earlier.askers().add(replyTo);
  }

  private Effect<WaitPathsFact, WaitPathsState> onAllKnow(String path) {
    var now = time.millis();
    return Effect()
        .persist(new WaitPathsFact.PathActive(path, now))
        .thenRun(() -> {
          var done = pending.remove(path);
          if (done != null) {
            done.askers().forEach(asker -> asker.tell(new Active(event, path, now)));
          }
        });
  }

  private void used() {
    usedAt = time.instant();
    idle.noLaterThan(usedAt.plus(IDLE_MAX));
  }

  private Effect<WaitPathsFact, WaitPathsState> onIdle() {
    idle.rang();
    var idleAt = usedAt.plus(IDLE_MAX);
    if (!pending.isEmpty()) {
      used();
    } else if (idleAt.isAfter(time.instant())) {
      idle.noLaterThan(idleAt);
    } else {
      passivate.passivate(context.getSelf());
    }
    return Effect().none();
  }
}
