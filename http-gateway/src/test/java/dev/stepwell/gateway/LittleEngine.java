package dev.stepwell.gateway;

import dev.stepwell.engine.Engine;
import dev.stepwell.engine.IdSeed;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.engine.cluster.NodeView;
import dev.stepwell.engine.function.App;
import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.RunView;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An engine that keeps events and starts a run for each named {@link #STARTS_A_RUN}. Its runs never
 * do anything of themselves. Whether it answers is up to the test.
 */
final class LittleEngine implements Engine {

  static final String STARTS_A_RUN = "shop/paid";
  static final String FUNCTION = "send-receipt";

  private final MemoryStore store = new MemoryStore();
  private final Map<Ulid, RunView> runs = new ConcurrentHashMap<>();
  private final Map<String, App> apps = new ConcurrentHashMap<>();
  private final Map<String, Ulid> signals = new ConcurrentHashMap<>();
  private volatile CompletionStage<?> gate = CompletableFuture.completedFuture(null);
  private volatile Optional<String> failure = Optional.empty();

  /** Why it takes no requests. */
  volatile Optional<String> unready = Optional.empty();

  /** Every request waits for this stage before it is answered, and fails if it fails. */
  void gate(CompletionStage<?> gate) {
    this.gate = gate;
  }

  /** As when the disk has failed. */
  void fail(String why) {
    failure = Optional.of(why);
  }

  /** Puts a run as it is. */
  void put(RunView run) {
    runs.put(run.id(), run);
    store.runs().put(List.of(row(run))).toCompletableFuture().join();
  }

  void waitFor(String signal, Ulid runId) {
    signals.put(signal, runId);
  }

  /** All events accepted, in no order. */
  List<Event> accepted() {
    var all =
        new EventIndex.Query(
            Optional.empty(),
            true,
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            1_000);
    return store.events().list(all).toCompletableFuture().join().items().stream()
        .map(EventIndex.Row::event)
        .toList();
  }

  @Override
  public CompletionStage<List<Ulid>> send(List<NewEvent> events, Optional<IdSeed> seed) {
    return gate.thenCompose(_ -> store(events, seed));
  }

  private CompletionStage<List<Ulid>> store(List<NewEvent> events, Optional<IdSeed> seed) {
    var now = System.currentTimeMillis();
    var random = ThreadLocalRandom.current();
    var rows = new ArrayList<EventIndex.Row>();
    for (var event : events) {
      var id =
          seed.map(given -> given.id(rows.size() + 1))
              .orElseGet(() -> Ulid.of(now, random.nextLong(), random.nextLong()));
      var accepted =
          new Event(
              id,
              event.id(),
              event.name(),
              event.tsMillis().orElse(now),
              now,
              event.data(),
              event.user(),
              event.version());
      var starts = event.name().equals(STARTS_A_RUN);
      rows.add(
          new EventIndex.Row(
              accepted, starts ? List.of(FUNCTION) : List.of(), Optional.empty(), List.of()));
      if (starts) {
        put(started(accepted));
      }
    }
    return store
        .events()
        .put(rows)
        .thenApply(_ -> rows.stream().map(row -> row.event().id()).toList());
  }

  @Override
  public CompletionStage<Optional<RunView>> run(Ulid runId) {
    return gate.thenApply(_ -> Optional.ofNullable(runs.get(runId)));
  }

  @Override
  public CompletionStage<CancelAnswer> cancel(Ulid runId, String reason) {
    return gate.thenApply(_ -> {
      var run = runs.get(runId);
      if (run == null) {
        return new CancelAnswer.NoSuchRun();
      }
      if (run.status().ended()) {
        return new CancelAnswer.AlreadyEnded(run.status());
      }
      put(ended(run, RunStatus.CANCELLED));
      return new CancelAnswer.Cancelled();
    });
  }

  @Override
  public List<App> apps() {
    return List.copyOf(apps.values());
  }

  @Override
  public CompletionStage<Void> sync(App app) {
    return gate.thenAccept(_ -> apps.put(app.name(), app));
  }

  @Override
  public CompletionStage<Void> removeApp(String name) {
    return gate.thenAccept(_ -> apps.remove(name));
  }

  @Override
  public CompletionStage<Optional<Ulid>> signal(String signal, Json data) {
    return gate.thenApply(_ -> Optional.ofNullable(signals.remove(signal)));
  }

  @Override
  public Optional<String> failure() {
    return failure;
  }

  @Override
  public List<NodeView> nodes() {
    return List.of(
        new NodeView("10.0.0.1:25520", "up", true, true, false, List.of("engine"), "1.2.3"),
        new NodeView("10.0.0.2:25520", "leaving", false, false, true, List.of(), "1.2.4"));
  }

  @Override
  public Optional<String> unready() {
    return unready;
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
  public List<Ulid> runsOf(EventIndex.Row event) {
    return event.functions().stream().map(event.event().id()::derive).toList();
  }

  static RunView started(Event event) {
    return new RunView(
        event.id().derive(FUNCTION),
        FUNCTION,
        RunStatus.RUNNING,
        event,
        Instant.ofEpochMilli(event.receivedAtMillis()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty(),
        List.of(),
        List.of());
  }

  static RunView ended(RunView run, RunStatus status) {
    return new RunView(
        run.id(),
        run.function(),
        status,
        run.event(),
        run.startedAt(),
        Optional.of(run.startedAt().plusSeconds(1)),
        run.output(),
        run.failure(),
        run.attempts(),
        Optional.empty(),
        run.steps(),
        run.warnings());
  }

  private static RunIndex.Row row(RunView run) {
    return new RunIndex.Row(
        run.id(),
        run.function(),
        run.status(),
        run.event().id(),
        run.event().name(),
        run.startedAt().toEpochMilli(),
        run.endedAt()
            .map(Instant::toEpochMilli)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()));
  }
}
