package dev.stepwell.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.memory.HandTime;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The notes of which slices have something in them come and go with what is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class SlicesTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final Duration FORGETTABLE = Duration.ofMinutes(13);

  private final Indexes indexes = new Indexes();
  private Watched watched = new Watched(indexes.session());
  private HandTime time = new HandTime(Instant.ofEpochMilli(NOW));
  private Store store = indexes.open(watched, time);

  @BeforeEach
  void begin() {
    indexes.empty();
    watched = new Watched(indexes.session());
    time = new HandTime(Instant.ofEpochMilli(NOW));
    store = indexes.open(watched, time);
  }

  @AfterAll
  void close() {
    indexes.close();
  }

  @Test
  void aSliceThatIsFoundEmptyIsForgottenAndItsDayWithIt() {
    // As most wait-outs: set for later, and taken back long before.
    var timers = IntStream.range(0, 50).mapToObj(i -> timer(NOW + i * HOUR)).toList();
    await(store.timers().put(1, timers));
    await(store.timers().delete(1, timers));
    assertThat(rows("slices")).isEqualTo(50);

    time.advance(FORGETTABLE);
    assertThat(await(store.timers().next(1, NOW))).isEmpty();
    Awaitility.await().untilAsserted(() -> assertThat(rows("slices")).isZero());
    Awaitility.await().untilAsserted(() -> assertThat(rows("slice_days")).isZero());
  }

  @Test
  void aSliceThatWasEmptiedIsForgottenThoughNobodyReads() {
    await(store.timers().put(1, List.of(timer(NOW))));
    await(store.timers().delete(1, List.of(timer(NOW))));

    time.advance(FORGETTABLE);
    await(store.timers().delete(1, List.of(timer(NOW + HOUR))));
    Awaitility.await().untilAsserted(() -> assertThat(rows("slices")).isZero());
  }

  @Test
  void aSliceThatWasNotedLatelyIsNotForgotten() {
    await(store.timers().put(1, List.of(timer(NOW))));
    await(store.timers().delete(1, List.of(timer(NOW))));
    time.advance(Duration.ofMinutes(11));
    watched.sent();

    assertThat(await(store.timers().next(1, 0))).isEmpty();
    assertThat(watched.sent()).hasSize(3).noneMatch(it -> Watched.text(it).startsWith("DELETE"));
    assertThat(rows("slices")).isOne();
  }

  @Test
  void aSliceWithSomethingInItIsNeverForgotten() {
    await(store.timers().put(1, List.of(timer(NOW), timer(NOW + 1))));
    await(store.timers().delete(1, List.of(timer(NOW))));
    time.advance(Duration.ofDays(400));
    // Asks for what is behind it, and deletes what is not there.
    assertThat(await(store.timers().next(1, NOW + 2))).isEmpty();
    await(store.timers().delete(1, List.of(timer(NOW + HOUR))));
    await(store.timers().delete(1, List.of(timer(NOW + HOUR))));

    assertThat(await(store.timers().next(1, 0))).hasValue(NOW + 1);
  }

  @Test
  void whoeverWritesNotesSoOftenThatNobodyForgets() {
    for (var i = 0; i < 4; i++) {
      // Another process finds it empty each time, and forgets what is old enough to be forgotten.
      await(store.timers().put(1, List.of(timer(NOW))));
      await(store.timers().delete(1, List.of(timer(NOW))));
      time.advance(Duration.ofMinutes(9));
      await(store.timers().put(1, List.of(timer(NOW))));
      assertThat(await(indexes.open(indexes.session(), time).timers().next(1, 0))).hasValue(NOW);
      await(store.timers().delete(1, List.of(timer(NOW))));
      time.advance(Duration.ofMinutes(4));
      assertThat(await(indexes.open(indexes.session(), time).timers().next(1, 0))).isEmpty();
    }
    await(store.timers().put(1, List.of(timer(NOW))));
    assertThat(await(store.timers().next(1, 0))).hasValue(NOW);
  }

  @Test
  void aSliceIsNotedAgainWhenTheNoteIsNoLongerRelied() {
    await(store.timers().put(1, List.of(timer(NOW))));
    await(store.timers().put(1, List.of(timer(NOW + 1))));
    watched.sent();
    time.advance(Duration.ofMinutes(9));
    await(store.timers().put(1, List.of(timer(NOW + 2))));
    assertThat(watched.sent().stream().flatMap(it -> Watched.parts(it).stream())).hasSize(1);

    time.advance(Duration.ofMinutes(2));
    await(store.timers().put(1, List.of(timer(NOW + 3))));
    assertThat(watched.sent().stream().flatMap(it -> Watched.parts(it).stream())).hasSize(3);
  }

  @Test
  void retentionLeavesNoNotes() {
    var ids = IntStream.range(0, 20).mapToObj(i -> Ulid.of(NOW + i * 60_000L, 0, i)).toList();
    var runs =
        ids.stream()
            .map(id -> Rows.run(id, RunStatus.FAILED, OptionalLong.of(id.millis() + 5)))
            .toList();
    var events =
        ids.stream()
            .map(id ->
                Rows.event(id, Optional.empty(), id.millis(), Json.of("{}"), List.of(Rows.MATCH)))
            .toList();
    await(store.runs().put(runs));
    await(store.events().add(events));
    time.advance(Duration.ofDays(31));

    await(store.runs().delete(runs));
    await(store.events().delete(events));
    time.advance(FORGETTABLE);
    await(store.runs().delete(runs.subList(0, 1)));
    Awaitility.await().untilAsserted(() -> assertThat(rows("slices")).isZero());
    Awaitility.await().untilAsserted(() -> assertThat(rows("slice_days")).isZero());
    assertThat(rows("list_entries")).isZero();
    assertThat(rows("runs")).isZero();
    assertThat(rows("events")).isZero();
  }

  private long rows(String table) {
    return indexes.rows(table);
  }

  private static TimerStore.Row timer(long due) {
    return new TimerStore.Row(due, "key", new byte[1]);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
