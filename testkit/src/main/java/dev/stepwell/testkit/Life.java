package dev.stepwell.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.Engine;
import dev.stepwell.engine.EngineStart;
import dev.stepwell.engine.LocalEngine;
import dev.stepwell.engine.journal.StoreSetup;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.LocalShards;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The engine from one start to its end, which may be a crash. */
final class Life {

  private static final Config OURS =
      ConfigFactory.parseResources(Life.class.getClassLoader(), "stepwell-testkit.conf");

  private final Gate gate;
  private final ActorSystem<Void> system;
  private final CompletableFuture<Engine> engine;

  private Life(Gate gate, ActorSystem<Void> system, CompletableFuture<Engine> engine) {
    this.gate = gate;
    this.system = system;
    this.engine = engine;
  }

  /** Starts the engine on the store, the clock and the thread that all its lives share. */
  static Life begin(
      TestSetup setup,
      Gate gate,
      Time clock,
      Activity activity,
      Executor thread,
      StepTable steps,
      DoubleSupplier chance) {
    var config = setup.config().withFallback(OURS).withFallback(EngineStart.configuration());
    var store = GatedStore.of(setup.store(), gate);
    var start = new EngineStart(config.resolve(), store, setup.functions(), RunListener.NONE);
    var time = gate.time(clock);
    var controls =
        new LocalEngine.Controls(
            time, activity, steps.code(gate), UnaryOperator.identity(), chance);
    var engine = new CompletableFuture<Engine>();
    var system =
        ActorSystem.create(
            root(start, gate, controls, engine),
            "stepwell-test",
            ActorSystemSetup.create(
                BootstrapSetup.create(start.config()),
                new StoreSetup(store),
                new OneThread.Given(thread)));
    ((HandScheduler) system.classicSystem().scheduler()).setBy(time);
    return new Life(gate, system, engine);
  }

  private static Behavior<Void> root(
      EngineStart start,
      Gate gate,
      LocalEngine.Controls controls,
      CompletableFuture<Engine> engine) {
    return Behaviors.setup(context -> {
      var shards = new GatedShards(new LocalShards(context), gate);
      engine.complete(LocalEngine.host(context, start, shards, controls));
      return Behaviors.empty();
    });
  }

  Engine engine() {
    return engine.join();
  }

  boolean isOver() {
    return gate.isShut();
  }

  /** How much time goes by, once it is over, until the next life. */
  Duration downFor() {
    return gate.downFor();
  }

  /** From now on nothing of this life has an effect. */
  void cut() {
    gate.shut(Duration.ZERO);
  }

  /** Lets its actors and threads go. */
  CompletableFuture<?> end() {
    system.terminate();
    return system.getWhenTerminated().toCompletableFuture();
  }
}
