package dev.stepwell.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.cassandra.index.CassandraIndexes;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.testkit.cassandra.CassandraOptions;
import dev.stepwell.testkit.cassandra.CassandraRing;
import dev.stepwell.testkit.cassandra.CommitLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Cassandra dies, hangs and comes back. */
class OutageTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final int WRITERS = 16;
  private static final int ACKNOWLEDGED_ENOUGH = 500;
  private static final int WAITING_BYTES = 8 << 20;

  private final AtomicInteger next = new AtomicInteger();
  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

  @Test
  void whatWasAcknowledgedOutlivesCassandraAndTheSameConnectionGoesOn() {
    try (var ring = CassandraRing.start(1, CassandraOptions.DEFAULT.with(CommitLog.BATCH));
        var session =
            CassandraSession.open(
                Keyspace.fresh(ring.node(0), Map.of("request-timeout", "2s")));
        var indexes = indexes(session)) {
      for (var i = 0; i < WRITERS; i++) {
        write(indexes);
      }
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> acknowledged.size() > ACKNOWLEDGED_ENOUGH);
      ring.node(0).kill();
      assertThatThrownBy(() -> await(indexes.runs().put(List.of(run(0))))).isNotNull();

      ring.node(0).restart();
      awaitAnswer(indexes);
      for (var number : acknowledged) {
        assertThat(await(indexes.runs().get(run(number).runId()))).contains(run(number));
        assertThat(await(indexes.timers().between(0, due(number), due(number) + 1, 9))).hasSize(1);
      }
    }
  }

  @Test
  void aCallFailsInTimeIfCassandraHangsAndSucceedsWhenItGoesOn() {
    try (var ring = CassandraRing.start(1, CassandraOptions.DEFAULT);
        var session =
            CassandraSession.open(
                Keyspace.fresh(ring.node(0), Map.of("request-timeout", "1s")));
        var indexes = indexes(session)) {
      await(indexes.runs().put(List.of(run(1))));
      ring.node(0).pause();
      assertThatThrownBy(() -> await(indexes.runs().put(List.of(run(2)))))
          .hasMessageContaining("timed out");

      ring.node(0).resume();
      awaitAnswer(indexes);
      await(indexes.runs().put(List.of(run(2))));
      assertThat(await(indexes.runs().get(run(2).runId()))).contains(run(2));
    }
  }

  /** Puts a run and a timer, and the next ones when these are stored, until something fails. */
  private void write(CassandraIndexes indexes) {
    var number = next.incrementAndGet();
    var _ =
        CompletableFuture.allOf(
                indexes.runs().put(List.of(run(number))).toCompletableFuture(),
                indexes.timers().put(0, List.of(timer(number))).toCompletableFuture())
            .thenRun(() -> {
              acknowledged.add(number);
              write(indexes);
            });
  }

  private static void awaitAnswer(CassandraIndexes indexes) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> await(indexes.runs().get(run(1).runId())).isPresent());
  }

  private static CassandraIndexes indexes(CassandraSession session) {
    var limits = new CassandraIndexes.Limits(WAITING_BYTES, 100, Duration.ofSeconds(10));
    return new CassandraIndexes(session, limits, InstantSource.system());
  }

  private static RunIndex.Row run(int number) {
    return Rows.run(Ulid.of(NOW, 0, number), RunStatus.FAILED, OptionalLong.of(NOW + number));
  }

  private static TimerStore.Row timer(int number) {
    return new TimerStore.Row(due(number), "timer", new byte[20]);
  }

  private static long due(int number) {
    return NOW + 1_000L * number;
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
