package dev.stepwell.engine;

import dev.stepwell.engine.cluster.NodeView;
import dev.stepwell.engine.event.EventLog;
import dev.stepwell.engine.event.EventPartitions;
import dev.stepwell.engine.function.App;
import dev.stepwell.engine.function.Catalog;
import dev.stepwell.engine.function.Registry;
import dev.stepwell.engine.function.RegistryCodec;
import dev.stepwell.engine.function.RegistryFact;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.run.Refusal;
import dev.stepwell.engine.run.RunEntity;
import dev.stepwell.engine.run.RunPages;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.shard.Shards;
import dev.stepwell.engine.wait.WaitKey;
import dev.stepwell.engine.wait.Waits;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;

/** The front door of a node: turns what the outside asks into messages to actors. */
final class EngineNode implements Engine {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration COME_BACK_AFTER = Duration.ofSeconds(1);

  private final Shards shards;
  private final Time time;
  private final Store store;
  private final int partitions;
  private final Supplier<Catalog> catalog;
  private final Supplier<List<NodeView>> nodes;
  private volatile Optional<String> unready =
      Optional.of("This node is still looking for its cluster.");

  EngineNode(
      Shards shards,
      Time time,
      Store store,
      int partitions,
      Supplier<Catalog> catalog,
      Supplier<List<NodeView>> nodes) {
    this.shards = shards;
    this.time = time;
    this.store = store;
    this.partitions = partitions;
    this.catalog = catalog;
    this.nodes = nodes;
  }

  /** From now on it takes requests. */
  void open() {
    unready = Optional.empty();
  }

  /** From now on it takes requests only of those who have not heard of it. */
  void leave() {
    unready = Optional.of("This node is about to leave its cluster.");
  }

  @Override
  public CompletionStage<List<Ulid>> send(List<NewEvent> events, Optional<IdSeed> seed) {
    var now = time.millis();
    var ids = seed.orElseGet(() -> newSeed(now));
    var accepted = new ArrayList<Event>(events.size());
    for (var event : events) {
      accepted.add(accept(event, ids.id(accepted.size() + 1), now));
    }
    return append(accepted, true).thenApply(_ -> accepted.stream().map(Event::id).toList());
  }

  private static IdSeed newSeed(long now) {
    var entropy = new byte[IdSeed.ENTROPY_BYTES];
    ThreadLocalRandom.current().nextBytes(entropy);
    return new IdSeed(now, entropy);
  }

  private static Event accept(NewEvent event, Ulid id, long now) {
    return new Event(
        id,
        event.id(),
        event.name(),
        event.tsMillis().orElse(now),
        now,
        event.data(),
        event.user(),
        event.version());
  }

  /** Stores what a run sends, however much there is to do: see {@link EventLog.Append}. */
  CompletionStage<Void> publish(List<Event> events) {
    return append(events, false);
  }

  /** Stores events in their partitions; fails if one of these does not answer or has too much. */
  private CompletionStage<Void> append(List<Event> events, boolean refusable) {
    var answers =
        EventBatches.of(events, partitions).stream()
            .map(batch -> append(batch.partition(), batch.events(), Optional.empty(), refusable))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new);
    return answers.length == 1 ? answers[0].thenAccept(_ -> {}) : CompletableFuture.allOf(answers);
  }

  /** Stores an event that is for one function alone. */
  CompletionStage<EventLog.Appended> appendFor(String function, Event event) {
    var partition = EventPartitions.of(event, partitions);
    return append(partition, List.of(event), Optional.of(function), false);
  }

  private CompletionStage<EventLog.Appended> append(
      int partition, List<Event> events, Optional<String> only, boolean refusable) {
    return shards
        .insist(
            EventLog.KIND,
            Integer.toString(partition),
            (ActorRef<EventLog.Appended> replyTo) ->
                new EventLog.Append(events, only, refusable, replyTo),
            PATIENCE)
        .handle((answer, failure) -> {
          if (failure != null) {
            throw new OverloadedException(
                "The events could not be stored in time.", COME_BACK_AFTER);
          }
          if (answer.overloaded()) {
            throw new OverloadedException(
                "Too many events are waiting for their runs.", COME_BACK_AFTER);
          }
          return answer;
        });
  }

  @Override
  public CompletionStage<Optional<RunView>> run(Ulid runId) {
    return page(runId, OptionalInt.empty()).thenCompose(first -> withMore(runId, first));
  }

  private CompletionStage<Optional<RunView>> withMore(Ulid runId, RunEntity.Description so) {
    if (so.view().isEmpty() || !so.more()) {
      return CompletableFuture.completedStage(so.view());
    }
    var view = so.view().get();
    return page(runId, OptionalInt.of(view.steps().size()))
        .thenCompose(next -> withMore(runId, RunPages.joined(view, next)));
  }

  private CompletionStage<RunEntity.Description> page(Ulid runId, OptionalInt fromStep) {
    return shards.insist(
        RunEntity.KIND,
        runId.toString(),
        (ActorRef<RunEntity.Description> replyTo) -> new RunEntity.Describe(fromStep, replyTo),
        PATIENCE);
  }

  @Override
  public CompletionStage<CancelAnswer> cancel(Ulid runId, String reason) {
    return shards
        .ask(
            RunEntity.KIND,
            runId.toString(),
            (ActorRef<RunEntity.Cancellation> replyTo) -> new RunEntity.Cancel(reason, replyTo),
            PATIENCE)
        .thenApply(answer ->
            answer.refusal().map(EngineNode::refused).orElseGet(CancelAnswer.Cancelled::new));
  }

  private static CancelAnswer refused(Refusal refusal) {
    return switch (refusal) {
      case Refusal.NotFound _ -> new CancelAnswer.NoSuchRun();
      case Refusal.AlreadyEnded(var status) -> new CancelAnswer.AlreadyEnded(status);
    };
  }

  @Override
  public CompletionStage<Optional<Ulid>> signal(String signal, Json data) {
    var partition = WaitKey.ofSignal(signal).partition(partitions);
    return shards
        .ask(
            Waits.KIND,
            Integer.toString(partition),
            (ActorRef<Waits.Signalled> replyTo) -> new Waits.Signal(signal, data, replyTo),
            PATIENCE)
        .thenApply(answer ->
            switch (answer) {
              case Waits.Delivered(var run) -> Optional.of(run);
              case Waits.Nobody _ -> Optional.empty();
            });
  }

  @Override
  public RunIndex runs() {
    return store.runs();
  }

  @Override
  public EventIndex events() {
    return store.events();
  }

  @Override
  public List<App> apps() {
    return catalog.get().apps();
  }

  @Override
  public CompletionStage<Void> sync(App app) {
    return register(new RegistryFact.Synced(app));
  }

  @Override
  public CompletionStage<Void> removeApp(String name) {
    return register(new RegistryFact.Removed(name));
  }

  private CompletionStage<Void> register(RegistryFact fact) {
    var bytes = RegistryCodec.INSTANCE.encode(fact);
    return shards
        .insist(
            Registry.KIND,
            Registry.ID,
            (ActorRef<Registry.Registered> replyTo) -> new Registry.Register(bytes, replyTo),
            PATIENCE)
        .thenAccept(_ -> {});
  }

  @Override
  public Optional<String> failure() {
    return store.failure().map(Throwable::getMessage);
  }

  @Override
  public List<NodeView> nodes() {
    return nodes.get();
  }

  @Override
  public Optional<String> unready() {
    return unready;
  }

  @Override
  public List<Ulid> runsOf(EventIndex.Row event) {
    return event.functions().stream().map(function -> event.event().id().derive(function)).toList();
  }
}
