package dev.stepwell.engine;

import dev.stepwell.engine.cluster.ClusterView;
import dev.stepwell.engine.cluster.CrashWatch;
import dev.stepwell.engine.cluster.JoinCheck;
import dev.stepwell.engine.execution.Busy;
import dev.stepwell.engine.execution.StepCode;
import dev.stepwell.engine.journal.ShardLease;
import dev.stepwell.engine.journal.StoreSetup;
import dev.stepwell.engine.shard.ClusterShards;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;

/** A node of the engine, up and running. */
public final class RunningEngine implements AutoCloseable {

  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
  private static final Duration READY_WITHIN = Duration.ofMinutes(1);

  /** How far a node has come. */
  private enum Stage {
    /** It is a member. */
    UP,
    /** It knows all functions. */
    KNOWN
  }

  private final ActorSystem<?> system;
  private final CompletableFuture<Engine> hosted;
  private final CompletableFuture<Void> ready;

  private RunningEngine(
      ActorSystem<?> system, CompletableFuture<Engine> hosted, CompletableFuture<Void> ready) {
    this.system = system;
    this.hosted = hosted;
    this.ready = ready;
  }

  /**
   * Starts a node and waits until it takes events.
   *
   * @throws IllegalStateException if it did not come up within a minute
   */
  public static RunningEngine start(EngineStart start) {
    return begin(start).awaitReady();
  }

  /** Starts a node, which takes events once it has found the others: see {@link #ready}. */
  public static RunningEngine begin(EngineStart start) {
    var hosted = new CompletableFuture<Engine>();
    var ready = new CompletableFuture<Void>();
    var setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(
                ShardLease.configured(JoinCheck.stamped(start.config()), start.store())),
            new StoreSetup(start.store()));
    ActorSystem<Stage> system =
        ActorSystem.create(
            Behaviors.setup(context -> guardian(context, start, hosted, ready)), "stepwell", setup);
    start.store().ownership().ifPresent(it -> OwnershipWatch.begin(system, it));
    start.joining().join(system);
    return new RunningEngine(system, hosted, ready);
  }

  private static Behavior<Stage> guardian(
      ActorContext<Stage> context,
      EngineStart start,
      CompletableFuture<Engine> engine,
      CompletableFuture<Void> ready) {
    var system = context.getSystem();
    var shards = new ClusterShards(system, EngineSettings.of(start.config()).partitions());
    var hosted =
        new HostedEngine(context, start, shards, controls(system), () -> ClusterView.nodes(system));
    engine.complete(hosted.engine());
    var self = context.getSelf();
    var _ = hosted.known().thenRun(() -> self.tell(Stage.KNOWN));
    var _ = hosted.ready().thenRun(() -> ready.complete(null));
    var up = context.messageAdapter(SelfUp.class, _ -> Stage.UP);
    Cluster.get(system).subscriptions().tell(Subscribe.create(up, SelfUp.class));
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "leave",
            () -> {
              hosted.leave();
              return CompletableFuture.completedFuture(Done.getInstance());
            });
    return Behaviors.receiveMessage(stage -> {
      switch (stage) {
        case UP -> {
          context.spawn(CrashWatch.create(start.store().ownership()), "crash-watch");
          hosted.meet();
        }
        case KNOWN -> {
          hosted.open();
          context.spawn(
              MembershipWatch.create(hosted::askAgain, hosted::hurry), "membership-watch");
        }
      }
      return Behaviors.same();
    });
  }

  private static LocalEngine.Controls controls(ActorSystem<?> system) {
    return new LocalEngine.Controls(
        new SystemTime(system),
        Busy.UNCOUNTED,
        StepCode.AS_WRITTEN,
        UnaryOperator.identity(),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /** The front door. Before the node is {@link #ready} whoever asks gets no answer in time. */
  public Engine engine() {
    return hosted.join();
  }

  public ActorSystem<?> system() {
    return system;
  }

  /** Completes once the node takes events. */
  public CompletionStage<Void> ready() {
    return ready;
  }

  /** Why the node ends or has ended; empty while it goes on. */
  public Optional<CoordinatedShutdown.Reason> ending() {
    return CoordinatedShutdown.get(system).getShutdownReason();
  }

  private RunningEngine awaitReady() {
    ready.copy().orTimeout(READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS).join();
    return this;
  }

  /** Stops gracefully: what is under way is stored or goes on in the next life. */
  @Override
  public void close() {
    CoordinatedShutdown.get(system)
        .runAll(CoordinatedShutdown.actorSystemTerminateReason())
        .toCompletableFuture()
        .orTimeout(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)
        .join();
  }
}
