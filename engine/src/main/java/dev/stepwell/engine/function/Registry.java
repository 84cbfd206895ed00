package dev.stepwell.engine.function;

import dev.stepwell.engine.fact.FactAdapter;
import dev.stepwell.engine.fact.StateAdapter;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * Keeps all functions, one actor for the whole cluster. Whoever registers is answered when every
 * node that can be reached has the new catalog: an event accepted after that starts the functions.
 */
public final class Registry
    extends EventSourcedBehaviorWithEnforcedReplies<Registry.Message, RegistryFact, RegistryState> {

  /** The one id of its kind. */
  public static final String ID = "registry";

  public static final Kind<Message> KIND = Kind.entities("registry", Message.class, new Stop());

  public sealed interface Message {}

  /** What may come from another node. */
  public sealed interface Call extends Message, dev.stepwell.engine.wire.Message {}

  /**
   * From now on an app has these functions and no others. Safe to repeat.
   *
   * @param functions the bytes of a {@link RegistryFact.Registered}
   */
  public record Register(byte[] functions, ActorRef<Registered> replyTo) implements Call {}

  public record Registered(long version) implements dev.stepwell.engine.wire.Message {}

  /** A node wants the catalog, now and whenever it changes. */
  public record Subscribe(ActorRef<Published> keeper) implements Call {}

  /**
   * The catalog.
   *
   * @param state the bytes of a {@link RegistryState}
   * @param registry to be acknowledged to, and watched: when it stops, subscribe again
   */
  public record Published(byte[] state, ActorRef<Message> registry)
      implements dev.stepwell.engine.wire.Message {}

  /** A node has a version of the catalog. */
  public record Acknowledge(ActorRef<Published> keeper, long version) implements Call {}

  public record Stop() implements Call {}

  private record KeeperGone(ActorRef<Published> keeper) implements Message {}

  private record Overdue(long version) implements Message {}

  /** Who waits for all nodes to have a version. */
  private record Waiting(long version, ActorRef<Registered> replyTo) {}

  private static final Duration REACHABLE_WITHIN = Duration.ofSeconds(5);
  private static final FactAdapter<RegistryFact> FACTS = new FactAdapter<>(RegistryCodec.INSTANCE);
  private static final StateAdapter<RegistryState> STATES = new StateAdapter<>(RegistryCodec.STATE);

  private final ActorContext<Message> context;
  private final Time time;
  private final Map<ActorRef<Published>, Long> keepers = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();

  private Registry(ActorContext<Message> context, Time time) {
    super(
        PersistenceId.ofUniqueId("registry"),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(30), 0.2));
    this.context = context;
    this.time = time;
  }

  public static Behavior<Message> create(Time time) {
    return Behaviors.setup(context -> new Registry(context, time));
  }

  @Override
  public RegistryState emptyState() {
    return RegistryState.EMPTY;
  }

  @Override
  public CommandHandlerWithReply<Message, RegistryFact, RegistryState> commandHandler() {
    return this::onMessage;
  }

  @Override
  public EventHandler<RegistryState, RegistryFact> eventHandler() {
    return RegistryState::apply;
  }

  @Override
  public SignalHandler<RegistryState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::publish)
        .onSignal(PreRestart.instance(), _ -> waiting.clear())
        .build();
  }

  @Override
  public EventAdapter<RegistryFact, ?> eventAdapter() {
    return FACTS;
  }

  @Override
  public SnapshotAdapter<RegistryState> snapshotAdapter() {
    return STATES;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(50, 1).withDeleteEventsOnSnapshot();
  }

  private ReplyEffect<RegistryFact, RegistryState> onMessage(RegistryState state, Message message) {
    return switch (message) {
      case Register(var bytes, var replyTo) -> onRegister(state, bytes, replyTo);
      case Subscribe(var keeper) -> {
        context.watchWith(keeper, new KeeperGone(keeper));
        keepers.putIfAbsent(keeper, -1L);
        yield after(() -> tell(state, keeper));
      }
      case Acknowledge(var keeper, var version) -> {
        keepers.computeIfPresent(keeper, (_, known) -> Math.max(known, version));
        yield after(this::answer);
      }
      case KeeperGone(var keeper) -> {
        keepers.remove(keeper);
        yield after(this::answer);
      }
      // A node that does not answer is not reachable; it subscribes again when it is.
      case Overdue(var version) -> {
        keepers.values().removeIf(known -> known < version);
        yield after(this::answer);
      }
      case Stop _ -> Effect().stop().thenNoReply();
    };
  }

  private ReplyEffect<RegistryFact, RegistryState> onRegister(
      RegistryState state, byte[] bytes, ActorRef<Registered> replyTo) {
    var fact = RegistryCodec.INSTANCE.decode(bytes);
    if (fact instanceof RegistryFact.Registered(var app, var functions)
        && state.has(app, functions)) {
      return after(() -> await(state, replyTo));
    }
    return Effect()
        .persist(fact)
        .thenRun(this::publish)
        .thenRun(now -> await(now, replyTo))
        .thenNoReply();
  }

  private void publish(RegistryState state) {
    keepers.keySet().forEach(keeper -> tell(state, keeper));
  }

  private void tell(RegistryState state, ActorRef<Published> keeper) {
    keeper.tell(new Published(RegistryCodec.STATE.encode(state), context.getSelf()));
  }

  private void await(RegistryState state, ActorRef<Registered> replyTo) {
    waiting.add(new Waiting(state.version(), replyTo));
    var self = context.getSelf();
    var overdue = new Overdue(state.version());
    var _ = time.at(time.instant().plus(REACHABLE_WITHIN), () -> self.tell(overdue));
    answer();
  }

  private void answer() {
    var known = keepers.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    for (var waiter : List.copyOf(waiting)) {
      if (waiter.version() <= known) {
        waiting.remove(waiter);
        waiter.replyTo().tell(new Registered(waiter.version()));
      }
    }
  }

  private ReplyEffect<RegistryFact, RegistryState> after(Runnable effect) {
    return Effect().none().thenRun((RegistryState _) -> effect.run()).thenNoReply();
  }
}
