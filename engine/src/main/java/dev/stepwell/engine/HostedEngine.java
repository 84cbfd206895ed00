package dev.stepwell.engine;

import dev.stepwell.engine.cluster.NodeView;
import dev.stepwell.engine.cron.CronTicks;
import dev.stepwell.engine.execution.JavaFunctions;
import dev.stepwell.engine.execution.JavaLauncher;
import dev.stepwell.engine.execution.JavaSurroundings;
import dev.stepwell.engine.execution.StepSlots;
import dev.stepwell.engine.flow.NodeSlots;
import dev.stepwell.engine.flow.SlotKeeper;
import dev.stepwell.engine.function.Catalog;
import dev.stepwell.engine.function.CatalogKeeper;
import dev.stepwell.engine.function.Definition;
import dev.stepwell.engine.run.Execution;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.sdk.SdkLauncher;
import dev.stepwell.engine.sdk.SdkSurroundings;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * A node's part of the engine, hosted below one actor, on whose thread it is used. It comes to life
 * in two steps: {@link #meet} the others, then {@link #open} for work.
 */
final class HostedEngine {

  private final ActorContext<?> context;
  private final EngineStart start;
  private final EngineSettings settings;
  private final Placement placement;
  private final Shards shards;
  private final LocalEngine.Controls controls;
  private final AtomicReference<Catalog> catalog = new AtomicReference<>(Catalog.EMPTY);
  private final JavaFunctions functions;
  private final EngineNode node;
  private final EngineWiring wiring;
  private final ActorRef<CronTicks.Message> ticks;
  private final CompletableFuture<Void> known = new CompletableFuture<>();
  private final CompletableFuture<Void> registered = new CompletableFuture<>();
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> ready = registered.runAfterBoth(opened, this::begin);
  private volatile @Nullable ActorRef<CatalogKeeper.Message> keeper;

  /**
   * Prepares, and does nothing yet.
   *
   * @param nodes the cluster as this node sees it
   */
  HostedEngine(
      ActorContext<?> context,
      EngineStart start,
      Shards shards,
      LocalEngine.Controls controls,
      Supplier<List<NodeView>> nodes) {
    this.context = context;
    this.start = start;
    this.settings = EngineSettings.of(start.config());
    this.placement = new Placement(settings.partitions());
    this.shards = shards;
    this.controls = controls;
    this.functions = new JavaFunctions(start.functions());
    this.node =
        new EngineNode(
            shards, controls.time(), start.store(), settings.partitions(), catalog::get, nodes);
    this.wiring =
        new EngineWiring(
            settings, start.store(), controls.time(), shards, catalog::get, controls.chance());
    this.ticks =
        context.spawn(
            CronTicks.create(
                controls.time(),
                wiring::standing,
                new CronAppend(node, controls.time()),
                wiring::setTimer),
            "cron-ticks");
  }

  Engine engine() {
    return node;
  }

  /** Completes when this node knows the functions of all nodes. */
  CompletionStage<Void> known() {
    return known;
  }

  /** Completes when all nodes know this node's functions, and it is open. */
  CompletionStage<Void> ready() {
    return ready;
  }

  /** Hears of all functions, and makes its own known to all nodes. */
  void meet() {
    wiring.hostRegistry();
    keeper =
        context.spawn(
            CatalogKeeper.create(
                shards,
                controls.time(),
                new CatalogKeeper.Shelf(catalog, this::changed),
                settings.app(),
                said(),
                known,
                registered),
            "catalog-keeper");
  }

  /**
   * What this node says of its functions. Alone it says that it has none, if so; among others, one
   * that has none is there for something else.
   */
  private Optional<List<Definition>> said() {
    var definitions = functions.definitions();
    return definitions.isEmpty() && start.store().ownership().isPresent()
        ? Optional.empty()
        : Optional.of(definitions);
  }

  /**
   * Lets events and runs come to this node. A node that does not know all functions must have none:
   * what an event starts would be unknown there.
   */
  void open() {
    var slots =
        context.spawn(
            SlotKeeper.create(
                UUID.randomUUID().toString(), shards, controls.time(), settings.slotTimes()),
            "slot-keeper");
    var stepSlots = new FunctionSlots(catalog::get, new NodeSlots(slots));
    var launcher = controls.launcher().apply(new SdkLauncher(apps(stepSlots), java(stepSlots)));
    wiring.host(context, launcher, start.listener(), ticks);
    opened.complete(null);
  }

  private Execution.Launcher java(StepSlots slots) {
    return new JavaLauncher(
        new JavaSurroundings(
            functions,
            controls.time(),
            new PatientSender(node, controls.time()),
            slots,
            controls.busy(),
            controls.code(),
            this::owns));
  }

  private SdkSurroundings apps(StepSlots slots) {
    return new SdkSurroundings(
        start.callers().in(context.getSystem()), catalog::get, slots, controls.time(), this::owns);
  }

  private boolean owns(Ulid runId) {
    return start
        .store()
        .ownership()
        .map(it -> it.owns(placement.apply(RunEntity.persistenceId(runId))))
        .orElse(true);
  }

  /** On any thread. */
  private void begin() {
    node.open();
    wiring.hurry();
    ensureTicks();
  }

  /** On any thread: the catalog has changed. */
  private void changed() {
    if (ready.isDone()) {
      ensureTicks();
    }
  }

  private void ensureTicks() {
    for (var definition : catalog.get().all()) {
      for (var each : definition.starts()) {
        if (each instanceof Definition.Start.OnCron(var schedule)) {
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
    node.leave();
    var met = keeper;
    if (met != null) {
      met.tell(new CatalogKeeper.Leave());
    }
    shards.leave();
  }
}
