package dev.stepwell.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.stepwell.DurableFunction;
import dev.stepwell.FunctionSpec;
import dev.stepwell.Steps;
import dev.stepwell.cassandra.owner.Clocks;
import dev.stepwell.engine.Engine;
import dev.stepwell.engine.EngineStart;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.engine.Placement;
import dev.stepwell.engine.RunningEngine;
import dev.stepwell.engine.audit.Violation;
import dev.stepwell.engine.port.RunListener;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.port.Shard;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole nodes on Cassandra: their shards are taken before their actors start. */
@Tag("long")
class EngineTest {

  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Story story = new Story();
  private final Config config = config();

  @Test
  void aRunGoesOnInTheNextLifeOfItsNodeWithNoStepRepeated() {
    Ulid run;
    try (var store = store();
        var node = start(store)) {
      run = send(node.engine());
      await().atMost(PATIENCE).until(() -> story.before.get() == 1);
      await().atMost(PATIENCE).until(() -> status(node.engine(), run).isPresent());
      assertThat(store.ownership().orElseThrow().owns(new Shard("event-log", 0))).isTrue();
    }

    try (var store = store();
        var node = start(store)) {
      await()
          .atMost(PATIENCE)
          .until(() -> status(node.engine(), run).equals(Optional.of(RunStatus.COMPLETED)));
      assertThat(story.before).hasValue(1);
      assertThat(story.after).hasValue(1);
      assertThat(store.figures().ignoredRows()).isZero();
      assertThat(store.figures().unacknowledged()).isZero();
    }
  }

  @Test
  void aNodeWhoseLeaseWasTakenEnds() {
    try (var store = store();
        var other = store()) {
      var node = start(store);
      var address = Cluster.get(node.system()).selfMember();
      await()
          .atMost(PATIENCE)
          .until(() -> {
            other
                .ownership()
                .orElseThrow()
                .breakLease(address.uniqueAddress().toString())
                .toCompletableFuture()
                .join();
            return store.failure().isPresent();
          });

      await().atMost(PATIENCE).until(() -> node.system().whenTerminated().isCompleted());
      assertThat(store.failure().orElseThrow()).hasMessageContaining("declared dead");
    }
  }

  @Test
  void anAuditFindsEverythingInOrderUntilFactsAreMissing() {
    Ulid run;
    try (var store = store();
        var node = start(store)) {
      run = send(node.engine());
      await()
          .atMost(PATIENCE)
          .until(() -> status(node.engine(), run).equals(Optional.of(RunStatus.COMPLETED)));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(audit().audit().violations()).isEmpty());
    }
    var result = audit();
    assertThat(result.audit().violationCount()).isZero();
    assertThat(result.audit().events()).isEqualTo(1);
    assertThat(result.audit().runs()).isEqualTo(1);
    assertThat(result.audit().ended()).isEqualTo(1);
    assertThat(result.store().facts()).isGreaterThan(result.audit().runs());

    try (var session = CassandraSession.connect(CassandraConfig.of(config))) {
      session
          .execute(SimpleStatement.newInstance("TRUNCATE run_facts"))
          .toCompletableFuture()
          .join();
    }
    assertThat(audit().audit().violations())
        .extracting(Violation::subject, Violation::sentence)
        .containsExactlyInAnyOrder(
            tuple(run.toString(), "is on the list, and has no facts"),
            tuple(run.toString(), "an event began it, of story: no facts"));
  }

  private CassandraAudit.Result audit() {
    return CassandraAudit.of(config, InstantSource.system(), Duration.ZERO);
  }

  private CassandraStore store() {
    return CassandraStore.open(config, new Placement(PARTITIONS), Clocks.system());
  }

  private RunningEngine start(CassandraStore store) {
    return RunningEngine.start(new EngineStart(config, store, List.of(story), RunListener.NONE));
  }

  private static Ulid send(Engine engine) {
    var event = NewEvent.of("order/placed", Json.of("{\"orderId\":\"7\"}"));
    var id = engine.send(List.of(event), Optional.empty()).toCompletableFuture().join();
    return id.getFirst().derive("story");
  }

  private static Optional<RunStatus> status(Engine engine, Ulid run) {
    return engine.run(run).toCompletableFuture().join().map(view -> view.status());
  }

  private static Config config() {
    return ConfigFactory.parseString("stepwell.engine.partitions = " + PARTITIONS)
        .withFallback(Keyspace.settings())
        .withFallback(EngineStart.configuration());
  }

  /** Sleeps for longer than in memory; its steps are counted. */
  private static final class Story implements DurableFunction<Story.Order, String> {

    private final AtomicInteger before = new AtomicInteger();
    private final AtomicInteger after = new AtomicInteger();

    record Order(String orderId) {}

    @Override
    public FunctionSpec<Order> spec() {
      return FunctionSpec.onEvents("story", Order.class, "order/placed");
    }

    @Override
    public String run(Order order, Steps step) {
      step.run("before", before::incrementAndGet);
      step.sleep("nap", Duration.ofSeconds(11));
      return "after " + step.run("after", after::incrementAndGet);
    }
  }
}
