package dev.stepwell.engine;

import dev.stepwell.engine.cron.CronTicks;
import dev.stepwell.engine.execution.JavaFunctions;
import dev.stepwell.engine.execution.JavaLauncher;
import dev.stepwell.engine.execution.JavaSurroundings;
import dev.stepwell.engine.flow.NodeSlots;
import dev.stepwell.engine.flow.SlotKeeper;
import dev.stepwell.engine.flow.Slots;
import dev.stepwell.engine.function.Catalog;
import dev.stepwell.engine.function.CatalogKeeper;
import dev.stepwell.engine.function.Definition;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.timer.TimerPartitions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * A node's part of the engine, hosted below one actor.
 *
 * @param ready completes when all nodes know this node's functions
 */
record HostedEngine(
    Engine engine,
    EngineWiring wiring,
    ActorRef<CatalogKeeper.Message> keeper,
    CompletionStage<Void> ready) {

  /** Hosts a node's actors below {@code context}'s actor, on whose thread this is called. */
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
                catalog::get, slots(context, shards, start.store().journal(), time, settings)),
            controls.busy(),
            controls.code());
    var launcher = controls.launcher().apply(new JavaLauncher(surroundings));
    wiring.host(context, launcher, start.listener(), ticks);
    var ready = new CompletableFuture<Void>();
    var definitions = functions.definitions();
    var keeper =
        context.spawn(
            CatalogKeeper.create(shards, time, catalog, settings.app(), definitions, ready),
            "catalog-keeper");
    return new HostedEngine(
        node, wiring, keeper, ready.thenRun(() -> begin(wiring, ticks, definitions)));
  }

  private static NodeSlots slots(
      ActorContext<?> context, Shards shards, Journal journal, Time time, EngineSettings settings) {
    var times = settings.slotTimes();
    Slots.Forget forget = id -> journal.purge(List.of(id));
    var timers = new TimerPartitions(shards, settings.partitions());
    shards.host(
        Slots.KIND, (id, passivate) -> Slots.create(id, forget, timers, time, times, passivate));
    var life = UUID.randomUUID().toString();
    return new NodeSlots(
        context.spawn(SlotKeeper.create(life, shards, time, times), "slot-keeper"));
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

  void hurry() {
    wiring.hurry();
  }

  /** The node is about to leave: nothing of it asks for what is going to stop. */
  void leave() {
    keeper.tell(new CatalogKeeper.Leave());
  }
}
