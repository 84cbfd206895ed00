package dev.stepwell.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.stepwell.engine.memory.HandTime;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.StoreOverloadedException;
import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How many statements things cost, and of which form: they are what costs on Cassandra. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class StatementsTest {

  private static final int BATCH_WARN_BYTES = 5 << 10;
  private static final long NOW = 1_700_000_000_000L;

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
  void anEventOrARunThatIsPutAloneIsOneStatement() {
    await(store.events().add(List.of(event(NOW, 1, 200))));
    assertThat(watched.sent()).hasSize(1);

    await(store.events().put(List.of(event(NOW + 1, 2, 200))));
    await(store.runs().put(List.of(running(3))));
    await(store.runs().put(List.of(ended(3))));
    await(store.timers().put(0, List.of(timer(NOW, 4))));
    await(store.timers().delete(0, List.of(timer(NOW, 4))));
    assertThat(watched.sent()).hasSize(5).allMatch(StatementsTest::isTakenWithoutAWarning);
  }

  @Test
  void aThousandRowsAreAFewStatements() {
    var events = IntStream.range(0, 1_000).mapToObj(i -> event(NOW + i, i, 200)).toList();
    await(store.events().add(events));
    var statements = watched.sent();
    assertThat(statements).allMatch(StatementsTest::isTakenWithoutAWarning);
    // 300 KiB of rows in one partition, 40 KiB of entries in another.
    assertThat(statements.size()).isLessThanOrEqualTo(10);

    await(store.runs().put(IntStream.range(0, 1_000).mapToObj(StatementsTest::ended).toList()));
    assertThat(watched.sent().size()).isLessThanOrEqualTo(10);
  }

  @Test
  void rowsOfManyPartitionsGoInBatchesThatCassandraTakesWithoutAWarning() {
    // Each in an instant that is not in its id, with a user's id: two partitions of its own.
    var events =
        IntStream.range(0, 200)
            .mapToObj(i -> withUserId(event(NOW + 10_000L * i, i, 100), "user-" + i))
            .toList();
    await(store.events().put(events));
    var statements = watched.sent();

    assertThat(statements).allMatch(StatementsTest::isTakenWithoutAWarning);
    assertThat(statements.size()).isLessThanOrEqualTo(200);
    var all = everything(1_000);
    assertThat(await(store.events().list(all)).items()).hasSize(200);
  }

  @Test
  void whatComesWhileOthersAreUnderWayGathers() {
    await(store.runs().put(List.of(ended(0))));
    watched.sent();
    watched.hold();
    var puts =
        IntStream.rangeClosed(1, 500)
            .mapToObj(i -> store.runs().put(List.of(ended(i))).toCompletableFuture())
            .toList();
    watched.release();
    puts.forEach(StatementsTest::await);

    assertThat(watched.sent().size()).isLessThanOrEqualTo(10);
    assertThat(await(store.runs().endedBetween(0, Long.MAX_VALUE, 1_000))).hasSize(501);
  }

  @Test
  void whatIsPutAfterItWasDeletedIsThereThoughBothWaitedTogether() {
    var row = running(1);
    await(store.runs().put(List.of(row)));
    watched.hold();
    var others = List.of(store.runs().put(List.of(ended(2))), store.runs().put(List.of(ended(3))));
    var deletion = store.runs().delete(List.of(row));
    var put = store.runs().put(List.of(row));
    watched.release();
    others.forEach(StatementsTest::await);
    await(deletion);
    await(put);

    assertThat(await(store.runs().get(row.runId()))).contains(row);
  }

  @Test
  void whatWouldBeTooMuchIsRefusedAndNothingOfItWritten() {
    var narrow = indexes.open(watched, time, Map.of("waiting-bytes-max", "1 KiB"));
    watched.hold();
    var first = narrow.runs().put(List.of(ended(1)));
    var many = IntStream.range(2, 100).mapToObj(StatementsTest::ended).toList();

    assertThat(failure(narrow.runs().put(many))).isInstanceOf(StoreOverloadedException.class);
    watched.release();
    await(first);
    assertThat(await(narrow.runs().get(ended(2).runId()))).isEmpty();

    // Alone it is taken though it is larger than all that may wait.
    await(narrow.runs().put(many));
    assertThat(await(narrow.runs().get(ended(2).runId()))).isPresent();
  }

  @Test
  void moreReadsThanMayBeUnderWayAreRefused() {
    var narrow = indexes.open(watched, time, Map.of("waiting-reads-max", 1));
    watched.hold();
    var first = narrow.runs().get(ended(1).runId());

    assertThat(failure(narrow.runs().get(ended(2).runId())))
        .isInstanceOf(StoreOverloadedException.class);
    watched.release();
    assertThat(await(first)).isEmpty();
    assertThat(await(narrow.runs().get(ended(2).runId()))).isEmpty();
  }

  @Test
  void theNextTimerIsFoundWithThreeReadsThoughItIsAYearAhead() {
    await(store.timers().put(7, List.of(timer(NOW + Duration.ofDays(365).toMillis(), 1))));
    watched.sent();

    assertThat(await(store.timers().next(7, NOW))).hasValue(NOW + Duration.ofDays(365).toMillis());
    assertThat(watched.sent()).hasSize(3);
  }

  @Test
  void aPageOfAListWithLittleInAYearIsAFewReads() {
    for (var day = 0; day < 2; day++) {
      await(store.events().add(List.of(event(NOW + Duration.ofDays(180L * day).toMillis(), 1, 9))));
    }
    watched.sent();

    assertThat(await(store.events().list(everything(10))).items()).hasSize(2);
    assertThat(watched.sent()).extracting(StatementsTest::text).hasSizeLessThanOrEqualTo(12);
  }

  private static String text(Statement<?> statement) {
    return statement instanceof BoundStatement bound
        ? bound.getPreparedStatement().getQuery()
        : statement.toString();
  }

  private static boolean isTakenWithoutAWarning(Statement<?> statement) {
    var partitions = Watched.partitions(statement);
    return Boolean.TRUE.equals(statement.isIdempotent())
        && (partitions == 1
            ? Watched.bytes(statement) <= 64 << 10
            : partitions <= 10 && Watched.bytes(statement) < BATCH_WARN_BYTES);
  }

  private static EventIndex.Query everything(int limit) {
    return new EventIndex.Query(
        Optional.empty(),
        true,
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        limit);
  }

  private static EventIndex.Row event(long receivedAt, int number, int bytes) {
    return Rows.event(
        Ulid.of(receivedAt, 0, number), receivedAt, Json.of("\"" + "x".repeat(bytes) + "\""));
  }

  private static EventIndex.Row withUserId(EventIndex.Row row, String userId) {
    var event = row.event();
    return Rows.event(
        Ulid.of(1, 0, event.id().low()),
        Optional.of(userId),
        event.receivedAtMillis(),
        event.data(),
        List.of());
  }

  private static RunIndex.Row running(int number) {
    return Rows.run(Ulid.of(NOW, 0, number), RunStatus.RUNNING, OptionalLong.empty());
  }

  private static RunIndex.Row ended(int number) {
    return Rows.run(Ulid.of(NOW, 0, number), RunStatus.COMPLETED, OptionalLong.of(NOW + 5));
  }

  private static TimerStore.Row timer(long due, int number) {
    return new TimerStore.Row(due, "timer-" + number, new byte[40]);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static Throwable failure(CompletionStage<?> stage) {
    try {
      await(stage);
      throw new AssertionError("the stage did not fail");
    } catch (CompletionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }
}
