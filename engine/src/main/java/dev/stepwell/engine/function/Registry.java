package dev.stepwell.engine.function;

import dev.stepwell.engine.fact.FactAdapter;
import dev.stepwell.engine.fact.StateAdapter;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.Kind;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
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
 * A node that cannot be reached is waited for no longer than {@link Subscribers#PATIENCE}.
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
   * Something is to be so from now on: what an app has, or that there is none. Safe to repeat.
   *
   * @param fact the bytes of a {@link RegistryFact}
   */
  public record Register(byte[] fact, ActorRef<Registered> replyTo) implements Call {}

  public record Registered(long version) implements dev.stepwell.engine.wire.Message {}

  /** A node wants the catalog, now and whenever it changes. */
  public record Subscribe(ActorRef<Published> keeper) implements Call {}

  /**
   * The catalog.
   *
   * @param state the bytes of a {@link RegistryState}
   * @param registry to be acknowledged to, and watched: when it stops, subscribe again
   */
  public record Published(byte[] state, ActorRef<Call> registry)
      implements dev.stepwell.engine.wire.Message {}

  /** A node has a version of the catalog. */
  public record Acknowledge(ActorRef<Published> keeper, long version) implements Call {}

  public record Stop() implements Call {}

  private record KeeperGone(ActorRef<Published> keeper) implements Message {}

  private record Ring() implements Message {}

  private static final FactAdapter<RegistryFact> FACTS = new FactAdapter<>(RegistryCodec.INSTANCE);
  private static final StateAdapter<RegistryState> STATES = new StateAdapter<>(RegistryCodec.STATE);

  private final ActorContext<Message> context;
  private final Subscribers subscribers;

  private Registry(ActorContext<Message> context, Time time, IntSupplier nodes) {
    super(
        PersistenceId.ofUniqueId("registry"),
        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(30), 0.2));
    this.context = context;
    var self = context.getSelf();
    this.subscribers = new Subscribers(time, nodes, self.narrow(), () -> self.tell(new Ring()));
  }

  /** The registry of the cluster that its node is in, or of a system without one. */
  public static Behavior<Message> create(Time time) {
    return Behaviors.setup(context -> new Registry(context, time, Nodes.of(context.getSystem())));
  }

  /**
   * A registry.
   *
   * @param nodes how many nodes will have subscribed when all have found it
   */
  static Behavior<Message> create(Time time, IntSupplier nodes) {
    return Behaviors.setup(context -> new Registry(context, time, nodes));
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
        .onSignal(RecoveryCompleted.instance(), subscribers::publish)
        .onSignal(PostStop.instance(), _ -> subscribers.end())
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
        yield after(() -> subscribers.add(state, keeper));
      }
      case Acknowledge(var keeper, var version) ->
          after(() -> subscribers.acknowledged(keeper, version));
      case KeeperGone(var keeper) -> after(() -> subscribers.remove(keeper));
      case Ring _ -> after(() -> subscribers.rang(state));
      case Stop _ -> Effect().stop().thenNoReply();
    };
  }

  private ReplyEffect<RegistryFact, RegistryState> onRegister(
      RegistryState state, byte[] bytes, ActorRef<Registered> replyTo) {
    var fact = RegistryCodec.INSTANCE.decode(bytes);
    if (state.has(fact)) {
      return after(() -> subscribers.await(state.version(), replyTo));
    }
    return Effect()
        .persist(fact)
        .thenRun((RegistryState now) -> {
          subscribers.publish(now);
          subscribers.await(now.version(), replyTo);
        })
        .thenNoReply();
  }

  private ReplyEffect<RegistryFact, RegistryState> after(Runnable effect) {
    return Effect().none().thenRun((RegistryState _) -> effect.run()).thenNoReply();
  }
}
