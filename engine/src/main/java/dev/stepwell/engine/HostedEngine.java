package dev.stepwell.engine;

import dev.stepwell.engine.cron.CronTicks;
import dev.stepwell.engine.execution.JavaFunctions;
import dev.stepwell.engine.execution.JavaLauncher;
import dev.stepwell.engine.execution.JavaSurroundings;
import dev.stepwell.engine.flow.NodeSlots;
import dev.stepwell.engine.flow.SlotKeeper;
import dev.stepwell.engine.function.Catalog;
import dev.stepwell.engine.function.CatalogKeeper;
import dev.stepwell.engine.function.Definition;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.Shards;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * A node's part of the engine, hosted below one actor.
 *
 * @param known completes when this node knows the functions of all nodes
 * @param ready completes when all nodes know this node's functions
 */
record HostedEngine(
    Engine engine,
    EngineWiring wiring,
    Runnable hostRest,
    CompletableFuture<Void> opened,
    Shards shards,
    ActorRef<CatalogKeeper.Message> keeper,
    CompletionStage<Void> known,
    CompletionStage<Void> ready) {

  /**
   * Hosts what a node needs to hear of the functions, below {@code context}'s actor, on whose
   * thread this is called. Events and runs must not come here before: see {@link #open}.
   */
  static HostedEngine host(
      ActorContext<?> context, EngineStart start, Shards shards, LocalEngine.Controls controls) {
    var settings = EngineSettings.of(start.config());
    var time = controls.time();
    var catalog = new AtomicReference<>(Catalog.EMPTY);
    var functions = new JavaFunctions(start.functions());
    var node = new EngineNode(shards, time, start.store(), settings.partitions());
    var wiring =
        new EngineWiring(settings, start.store(), time, shards, catalog::get, controls.chance());
    var ticks =
        context.spawn(
            CronTicks.create(time, wiring::standing, new CronAppend(node, time), wiring::setTimer),
            "cron-ticks");
    var surroundings =
        new JavaSurroundings(
            functions,
            time,
            new PatientSender(node, time),
            new FunctionSlots(
                catalog::get,
                new NodeSlots(context.spawn(slotKeeper(shards, time, settings), "slot-keeper"))),
            controls.busy(),
            controls.code());
    wiring.hostRegistry();
    var known = new CompletableFuture<Void>();
    var registered = new CompletableFuture<Void>();
    var opened = new CompletableFuture<Void>();
    var definitions = functions.definitions();
    var keeper =
        context.spawn(
            CatalogKeeper.create(
                shards, time, catalog, settings.app(), definitions, known, registered),
            "catalog-keeper");
    return new HostedEngine(
        node,
        wiring,
        () -> wiring.host(context, new JavaLauncher(surroundings), start.listener(), ticks),
        opened,
        shards,
        keeper,
        known,
        registered.runAfterBoth(opened, () -> begin(wiring, ticks, definitions)));
  }

  /**
   * Lets events and runs come to this node, on the thread of its actor. A node that does not know
   * all functions must have none: what an event starts would be unknown there.
   */
  void open() {
    hostRest.run();
    opened.complete(null);
  }

  private static Behavior<SlotKeeper.Message> slotKeeper(
      Shards shards, Time time, EngineSettings settings) {
    return SlotKeeper.create(UUID.randomUUID().toString(), shards, time, settings.slotTimes());
  }

  private static void begin(
      EngineWiring wiring, ActorRef<CronTicks.Message> ticks, List<Definition> definitions) {
    wiring.hurry();
    for (var definition : definitions) {
      for (var start : definition.starts()) {
        if (start instanceof Definition.Start.OnCron(var schedule)) {
          ticks.tell(new CronTicks.Ensure(definition.id(), schedule));
        }
      }
    }
  }

  /** Has the questions of this node asked again that have no answer. */
  void askAgain() {
    shards.hurry();
  }

  /** Has every partition repeat its wake-ups, wherever it lives. */
  void hurry() {
    wiring.hurry();
  }

  /** The node is about to leave: nothing of it asks for what is going to stop. */
  void leave() {
    keeper.tell(new CatalogKeeper.Leave());
    shards.leave();
  }
}
