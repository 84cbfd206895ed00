package dev.stepwell.engine;

import dev.stepwell.engine.execution.Busy;
import dev.stepwell.engine.execution.StepCode;
import dev.stepwell.engine.journal.ShardLease;
import dev.stepwell.engine.journal.StoreSetup;
import dev.stepwell.engine.shard.ClusterShards;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
import org.apache.pekko.cluster.typed.Join;

/** A node of the engine, up and running. */
public final class RunningEngine implements AutoCloseable {

  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  private final ActorSystem<Void> system;
  private final Engine engine;

  private RunningEngine(ActorSystem<Void> system, Engine engine) {
    this.system = system;
    this.engine = engine;
  }

  /**
   * Starts a node and waits until it takes events.
   *
   * @throws IllegalStateException if it did not come up within a minute
   */
  public static RunningEngine start(EngineStart start) {
    var engine = new CompletableFuture<Engine>();
    var setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(ShardLease.configured(start.config(), start.store())),
            new StoreSetup(start.store()));
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.setup(context -> guardian(context, start, engine)), "stepwell", setup);
    start.store().ownership().ifPresent(it -> OwnershipWatch.begin(system, it));
    return new RunningEngine(system, engine.orTimeout(60, TimeUnit.SECONDS).join());
  }

  private static Behavior<Void> guardian(
      ActorContext<Void> context, EngineStart start, CompletableFuture<Engine> ready) {
    var cluster = Cluster.get(context.getSystem());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    var shards =
        new ClusterShards(context.getSystem(), EngineSettings.of(start.config()).partitions());
    var hosted = HostedEngine.host(context, start, shards, controls(context));
    context.spawn(MembershipWatch.create(hosted::hurry), "membership-watch");
    CoordinatedShutdown.get(context.getSystem())
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "leave",
            () -> {
              hosted.leave();
              return CompletableFuture.completedFuture(Done.getInstance());
            });
    var _ = hosted.ready().whenComplete((_, _) -> ready.complete(hosted.engine()));
    return Behaviors.empty();
  }

  private static LocalEngine.Controls controls(ActorContext<?> context) {
    return new LocalEngine.Controls(
        new SystemTime(context.getSystem()),
        Busy.UNCOUNTED,
        StepCode.AS_WRITTEN,
        UnaryOperator.identity(),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  public Engine engine() {
    return engine;
  }

  public ActorSystem<?> system() {
    return system;
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
