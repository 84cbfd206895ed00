package dev.stepwell.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.memory.HandTime;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are large, and rows that do not count any more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class LeftoversTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final Ulid ID = Ulid.of(NOW, 7, 7);

  private final Indexes indexes = new Indexes();
  private HandTime time = new HandTime(Instant.ofEpochMilli(NOW));
  private Store store = indexes.open(indexes.session(), time);

  @BeforeEach
  void begin() {
    indexes.empty();
    time = new HandTime(Instant.ofEpochMilli(NOW));
    store = indexes.open(indexes.session(), time);
  }

  @AfterAll
  void close() {
    indexes.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {100_000, 262_000, 300_000, 1_048_576, 4_000_000})
  void anEventOfAnySizeComesBackAndGoesWithAllItsParts(int bytes) {
    var row = event(NOW, Json.of("\"" + "x".repeat(bytes) + "\""));
    await(store.events().add(List.of(row)));
    await(store.events().put(List.of(row)));

    assertThat(await(store.events().get(ID))).contains(row);
    assertThat(await(store.events().list(everything())).items()).containsExactly(row);
    assertThat(
            await(
                store
                    .events()
                    .lookBack("shop/order.placed", Optional.of(Rows.MATCH), 0, NOW + 1, 9)))
        .containsExactly(row.event());
    assertThat(rows("chunks")).isEqualTo(bytes < 262_144 ? 0 : 1 + bytes / (512 << 10));

    await(store.events().delete(List.of(row)));
    assertThat(rows("chunks")).isZero();
    assertThat(rows("events")).isZero();
  }

  @Test
  void aPageForRetentionEndsEarlyIfEventsAreLarge() {
    var large = Json.of("\"" + "x".repeat(400_000) + "\"");
    for (var i = 0; i < 7; i++) {
      await(store.events().add(List.of(Rows.event(Ulid.of(NOW + i, 0, 0), NOW + i, large))));
    }

    var first = await(store.events().receivedBefore(NOW + 100, Optional.empty(), 1_000));
    assertThat(first.items()).hasSize(3);
    var second = await(store.events().receivedBefore(NOW + 100, first.next(), 1_000));
    assertThat(second.items()).hasSize(3);
    var third = await(store.events().receivedBefore(NOW + 100, second.next(), 1_000));
    assertThat(third.items()).hasSize(1);
    assertThat(third.next()).isEmpty();
  }

  @Test
  void whatWasLeftBehindWhenAnEventCameAgainGoesWhenRetentionComesBy() {
    var small = Json.of("{}");
    await(store.events().add(List.of(event(NOW, small))));
    await(store.events().put(List.of(event(NOW + 60_000, small))));
    await(store.events().put(List.of(event(NOW + 120_000, small))));
    assertThat(rows("events")).isEqualTo(3);
    time.advance(Duration.ofDays(31));

    var page = await(store.events().receivedBefore(NOW + 500_000, Optional.empty(), 10));
    assertThat(page.items()).containsExactly(event(NOW + 120_000, small));
    Awaitility.await().untilAsserted(() -> assertThat(rows("events")).isOne());
    Awaitility.await().untilAsserted(() -> assertThat(rows("list_entries")).isEqualTo(2));

    await(store.events().delete(page.items()));
    assertThat(rows("events")).isZero();
    assertThat(rows("list_entries")).isZero();
    assertThat(rows("event_instants")).isZero();
  }

  @Test
  void aDeletedEventDoesNotComeForthAtAPlaceThatItHadBefore() {
    await(store.events().add(List.of(event(NOW, Json.of("{}")))));
    await(store.events().put(List.of(event(NOW + 60_000, Json.of("{}")))));
    await(store.events().delete(List.of(event(NOW + 60_000, Json.of("{}")))));

    assertThat(await(store.events().get(ID))).isEmpty();
    assertThat(await(store.events().list(everything())).items()).isEmpty();
    assertThat(await(store.events().lookBack("shop/order.placed", Optional.empty(), 0, NOW * 2, 9)))
        .isEmpty();
  }

  @Test
  void aRunThatEndedSoonAfterItWasListedAsRunningIsTakenOffThatList() {
    var run = Ulid.of(NOW, 0, 1);
    await(store.runs().put(List.of(Rows.run(run, RunStatus.RUNNING, OptionalLong.empty()))));
    await(store.runs().put(List.of(Rows.run(run, RunStatus.COMPLETED, OptionalLong.of(NOW + 9)))));

    assertThat(entries("s/RUNNING")).isZero();
  }

  @Test
  void aRunThatIsOverIsTakenOffTheListOfTheRunningOnesByWhoeverMeetsItThere() {
    var run = Ulid.of(NOW, 0, 1);
    await(store.runs().put(List.of(Rows.run(run, RunStatus.RUNNING, OptionalLong.empty()))));
    // Another process, which does not know that it was there.
    var other = indexes.open(indexes.session(), time);
    await(other.runs().put(List.of(Rows.run(run, RunStatus.COMPLETED, OptionalLong.of(NOW + 9)))));
    assertThat(entries("s/RUNNING")).isOne();

    time.advance(Duration.ofMinutes(13));
    var running =
        new RunIndex.Query(
            Optional.empty(),
            Optional.of(RunStatus.RUNNING),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            10);
    assertThat(await(store.runs().list(running)).items()).isEmpty();
    Awaitility.await().untilAsserted(() -> assertThat(entries("s/RUNNING")).isZero());
  }

  private long entries(String list) {
    return rows("list_entries WHERE list = '" + list + "' ALLOW FILTERING");
  }

  private long rows(String table) {
    return indexes.rows(table);
  }

  private static EventIndex.Query everything() {
    return new EventIndex.Query(
        Optional.empty(), true, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), 10);
  }

  private static EventIndex.Row event(long receivedAt, Json data) {
    return Rows.event(ID, Optional.of("user-id"), receivedAt, data, List.of(Rows.MATCH));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
