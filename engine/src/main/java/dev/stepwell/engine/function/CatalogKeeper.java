package dev.stepwell.engine.function;

import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.timer.NextAlarm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Holds the newest catalog for everything on a node, and registers the node's own functions. Asks
 * again every second until it is answered, and anew when the registry has stopped.
 */
public final class CatalogKeeper extends AbstractMatchingBehavior<CatalogKeeper.Message> {

  public sealed interface Message {}

  /** The node leaves: asks nobody any more. */
  public record Leave() implements Message {}

  /**
   * Where the newest catalog is for everybody.
   *
   * @param changed is run when there is a newer one, on the keeper's thread
   */
  public record Shelf(AtomicReference<Catalog> catalog, Runnable changed) {

    private long version() {
      return catalog.get().version();
    }

    private void put(Catalog newer) {
      catalog.set(newer);
      changed.run();
    }
  }

  private record Arrived(Registry.Published published) implements Message {}

  private record Registered() implements Message {}

  private record RegistryGone() implements Message {}

  private record Ring() implements Message {}

  private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(1);

  private final Shards shards;
  private final Time time;
  private final NextAlarm alarm;
  private final Shelf shelf;
  private final Optional<byte[]> functions;
  private final CompletableFuture<Void> known;
  private final CompletableFuture<Void> ready;
  private final ActorRef<Registry.Published> published;
  private final ActorRef<Registry.Registered> registered;
  private boolean subscribed;

  private CatalogKeeper(
      ActorContext<Message> context,
      Shards shards,
      Time time,
      Shelf shelf,
      Optional<RegistryFact> functions,
      CompletableFuture<Void> known,
      CompletableFuture<Void> ready) {
    super(context);
    this.shards = shards;
    this.time = time;
    this.alarm = new NextAlarm(time, () -> context.getSelf().tell(new Ring()));
    this.shelf = shelf;
    this.functions = functions.map(RegistryCodec.INSTANCE::encode);
    this.known = known;
    this.ready = ready;
    this.published = context.messageAdapter(Registry.Published.class, Arrived::new);
    this.registered = context.messageAdapter(Registry.Registered.class, _ -> new Registered());
    ask();
  }

  /**
   * A keeper of what will be on {@code shelf}.
   *
   * @param app under what name this node's functions are registered
   * @param functions of this node, for all that its app had before; or none, if it has no say in
   *     that
   * @param known completed when the catalog is known here
   * @param ready completed when all nodes know the functions
   */
  public static Behavior<Message> create(
      Shards shards,
      Time time,
      Shelf shelf,
      String app,
      Optional<List<Definition>> functions,
      CompletableFuture<Void> known,
      CompletableFuture<Void> ready) {
    Optional<RegistryFact> fact = functions.map(all -> new RegistryFact.Registered(app, all));
    return Behaviors.setup(
        context -> new CatalogKeeper(context, shards, time, shelf, fact, known, ready));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Arrived(var arrived) -> onArrived(arrived);
      case Registered _ -> ready.complete(null);
      case RegistryGone _ -> {
        subscribed = false;
        ask();
      }
      case Ring _ -> {
        alarm.rang();
        ask();
      }
      case Leave _ -> {
        return Behaviors.stopped();
      }
    }
    return this;
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      alarm.cancel();
    }
    return this;
  }

  private void onArrived(Registry.Published arrived) {
    var state = RegistryCodec.STATE.decode(arrived.state());
    if (state.version() > shelf.version()) {
      shelf.put(state.catalog());
      known.complete(null);
    } else if (functions.isEmpty()) {
      known.complete(null); // nobody has ever had any
    }
    if (!subscribed) {
      subscribed = true;
      getContext().watchWith(arrived.registry(), new RegistryGone());
      ask();
    }
    arrived.registry().tell(new Registry.Acknowledge(published, shelf.version()));
  }

  /**
   * First to be told of changes, then for the own functions: so that this node counts among all.
   */
  private void ask() {
    if (subscribed && functions.isEmpty()) {
      ready.complete(null);
    }
    if (subscribed && ready.isDone()) {
      return;
    }
    shards.tell(
        Registry.KIND,
        Registry.ID,
        subscribed
            ? new Registry.Register(functions.orElseThrow(), registered)
            : new Registry.Subscribe(published));
    alarm.noLaterThan(time.instant().plus(ASK_AGAIN_AFTER));
  }
}
