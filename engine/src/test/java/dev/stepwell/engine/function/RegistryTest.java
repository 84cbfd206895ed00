package dev.stepwell.engine.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.FaultyStore;
import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.StoreKit;
import dev.stepwell.engine.function.Definition.Start;
import dev.stepwell.engine.shard.LocalShards;
import dev.stepwell.engine.shard.Shards;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The registry and the nodes that follow it; one probe stands for each node. */
class RegistryTest {

  private final FaultyStore store = new FaultyStore();
  private final HandTime time = new HandTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final ActorTestKit kit = StoreKit.create(store);
  private final TestProbe<Registry.Registered> registered =
      kit.createTestProbe(Registry.Registered.class);
  private final TestProbe<Registry.Published> one = kit.createTestProbe(Registry.Published.class);
  private final TestProbe<Registry.Published> two = kit.createTestProbe(Registry.Published.class);
  private volatile int nodes = 2;
  private ActorRef<Registry.Message> registry = start();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private ActorRef<Registry.Message> start() {
    return kit.spawn(Registry.create(time, () -> nodes));
  }

  @Test
  void aRegistrationIsAnsweredWhenEveryNodeHasIt() {
    subscribe(one);
    subscribe(two);

    register("app", function("a"));
    acknowledge(one, one.receiveMessage());
    registered.expectNoMessage(Duration.ofMillis(100));
    acknowledge(two, two.receiveMessage());

    assertThat(registered.receiveMessage().version()).isEqualTo(1);
  }

  @Test
  void aNodeThatHasNotFoundTheRegistryYetIsWaitedFor() {
    subscribe(one);
    register("app", function("a"));
    acknowledge(one, one.receiveMessage());
    registered.expectNoMessage(Duration.ofMillis(100));

    subscribe(two);

    assertThat(registered.receiveMessage().version()).isEqualTo(1);
  }

  @Test
  void nobodyWaitsForASilentNodeLongerThanFiveSeconds() {
    subscribe(one);
    subscribe(two);
    register("app", function("a"));
    acknowledge(one, one.receiveMessage());
    two.receiveMessage();
    // When this one is answered, the registration has been dealt with.
    var three = kit.createTestProbe(Registry.Published.class);
    registry.tell(new Registry.Subscribe(three.getRef()));
    acknowledge(three, three.receiveMessage());

    time.advance(Duration.ofMillis(4_999));
    registered.expectNoMessage(Duration.ofMillis(100));
    time.advance(Duration.ofMillis(1));

    registered.receiveMessage();
  }

  @Test
  void aSilentNodeIsToldAgainUntilItAnswers() {
    nodes = 1;
    subscribe(one);
    register("app", function("a"));
    var first = one.receiveMessage();

    time.advance(Duration.ofSeconds(1));
    assertThat(one.receiveMessage().state()).isEqualTo(first.state());
    time.advance(Duration.ofSeconds(2));
    acknowledge(one, one.receiveMessage());
    registered.receiveMessage();

    time.advance(Duration.ofMinutes(1));
    one.expectNoMessage(Duration.ofMillis(100));
  }

  @Test
  void aNodeThatIsNoMoreIsNotWaitedFor() {
    subscribe(one);
    subscribe(two);
    register("app", function("a"));
    acknowledge(one, one.receiveMessage());
    nodes = 1;

    two.stop();

    registered.receiveMessage();
  }

  @Test
  void theSameRegistrationAgainIsAnsweredAndChangesNothing() {
    nodes = 1;
    subscribe(one);
    register("app", function("a"));
    acknowledge(one, one.receiveMessage());
    registered.receiveMessage();
    var before = store.writes.get();

    register("app", function("a"));

    assertThat(registered.receiveMessage().version()).isEqualTo(1);
    assertThat(store.writes.get()).isEqualTo(before);
  }

  @Test
  void registrationsSurviveACrashAndReachWhoSubscribesThen() {
    nodes = 0;
    register("app", function("a"));
    registered.receiveMessage();
    kit.stop(registry);
    registry = start();

    registry.tell(new Registry.Subscribe(one.getRef()));

    var state = RegistryCodec.STATE.decode(one.receiveMessage().state());
    assertThat(state.catalog().find("a")).isPresent();
  }

  @Test
  void afterAFailedWriteTheRegistrationCanBeRepeated() {
    nodes = 1;
    subscribe(one);
    store.failWrites(1);
    register("app", function("a"));
    await().atMost(Duration.ofMinutes(1)).until(() -> store.failures.get() == 0);

    register("app", function("a"));
    acknowledge(one, one.receiveMessage());

    assertThat(registered.receiveMessage().version()).isEqualTo(1);
  }

  @Test
  void aNodeIsReadyWhenItsFunctionsAreKnownAndFollowsChangesAlsoAfterTheRegistryHasStopped() {
    nodes = 1;
    var local = local();
    var catalog = new AtomicReference<>(Catalog.EMPTY);
    var known = new CompletableFuture<Void>();
    var ready = new CompletableFuture<Void>();
    kit.spawn(
        CatalogKeeper.create(
            local,
            time,
            new CatalogKeeper.Shelf(catalog, () -> {}),
            "java",
            Optional.of(List.of(function("mine"))),
            known,
            ready));

    ready.orTimeout(60, TimeUnit.SECONDS).join();
    assertThat(known).isCompleted();
    assertThat(catalog.get().find("mine")).isPresent();

    local.tell(Registry.KIND, Registry.ID, new Registry.Stop());
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> {
          local.tell(Registry.KIND, Registry.ID, registration("sdk", function("theirs")));
          time.advance(Duration.ofSeconds(1));
          return catalog.get().find("theirs").isPresent();
        });
  }

  @Test
  void aNodeThatHasNoSayInWhatFunctionsThereAreLeavesThemAsTheyAre() {
    nodes = 2;
    var local = local();
    var first = new CompletableFuture<Void>();
    keep(local, new AtomicReference<>(Catalog.EMPTY), Optional.empty(), first);
    first.orTimeout(60, TimeUnit.SECONDS).join();

    var others = new AtomicReference<>(Catalog.EMPTY);
    var second = new CompletableFuture<Void>();
    keep(local, others, Optional.of(List.of(function("theirs"))), second);
    second.orTimeout(60, TimeUnit.SECONDS).join();

    var mine = new AtomicReference<>(Catalog.EMPTY);
    var third = new CompletableFuture<Void>();
    keep(local, mine, Optional.empty(), third);
    third.orTimeout(60, TimeUnit.SECONDS).join();
    assertThat(mine.get().find("theirs")).isPresent();
    assertThat(others.get().find("theirs")).isPresent();
  }

  /** Shards with a registry. */
  private Shards local() {
    var shards = new CompletableFuture<Shards>();
    Behavior<Void> host =
        Behaviors.setup(context -> {
          var local = new LocalShards(context);
          local.host(Registry.KIND, (_, _) -> Registry.create(time, () -> nodes));
          shards.complete(local);
          return Behaviors.empty();
        });
    ActorRef<Void> unused = kit.spawn(host);
    assertThat(unused).isNotNull();
    return shards.orTimeout(60, TimeUnit.SECONDS).join();
  }

  private void keep(
      Shards local,
      AtomicReference<Catalog> catalog,
      Optional<List<Definition>> functions,
      CompletableFuture<Void> ready) {
    var known = new CompletableFuture<Void>();
    kit.spawn(
        CatalogKeeper.create(
            local,
            time,
            new CatalogKeeper.Shelf(catalog, () -> {}),
            "java",
            functions,
            known,
            ready));
    known.orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** Subscribes, and acknowledges what is there. */
  private void subscribe(TestProbe<Registry.Published> node) {
    registry.tell(new Registry.Subscribe(node.getRef()));
    acknowledge(node, node.receiveMessage());
  }

  private void acknowledge(TestProbe<Registry.Published> node, Registry.Published published) {
    var version = RegistryCodec.STATE.decode(published.state()).version();
    published.registry().tell(new Registry.Acknowledge(node.getRef(), version));
  }

  private void register(String app, Definition... functions) {
    registry.tell(registration(app, functions));
  }

  private Registry.Register registration(String app, Definition... functions) {
    var fact = new RegistryFact.Registered(app, List.of(functions));
    return new Registry.Register(RegistryCodec.INSTANCE.encode(fact), registered.getRef());
  }

  private static Definition function(String id) {
    return new Definition(id, List.of(new Start.OnEvent("placed", List.of())), 4, Optional.empty());
  }
}
