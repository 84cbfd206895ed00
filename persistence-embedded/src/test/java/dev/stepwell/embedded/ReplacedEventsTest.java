package dev.stepwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.port.EventIndex.Row;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/**
 * A row that another has taken the place of is seen by nobody, and goes when retention comes by.
 */
final class ReplacedEventsTest {

  private static final Ulid ID = Ulid.of(1_000, 7, 7);
  private static final List<Match> MATCHES = List.of(new Match("data.id", "1"));

  @TempDir Path directory;

  @Test
  void whatWasReplacedLeavesNothingOnDiskOnceRetentionHasPassed() throws RocksDBException {
    try (var store = EmbeddedStore.open(directory, EmbeddedConfig.DEFAULT)) {
      var events = store.events();
      // In the instant of its id, then twice elsewhere: each leaves another trace.
      await(events.add(List.of(row(1_000))));
      await(events.put(List.of(row(2_000))));
      await(events.put(List.of(row(3_000))));

      assertThat(await(events.receivedBefore(2_500, Optional.empty(), 10)).items()).isEmpty();
      var current = await(events.receivedBefore(5_000, Optional.empty(), 10)).items();
      assertThat(current).containsExactly(row(3_000));
      await(events.delete(current));
      assertThat(await(events.get(ID))).isEmpty();
    }

    var keys = OnDisk.keys(directory);
    assertThat(keys.get("events")).isEmpty();
    assertThat(keys.get("event-keys")).isEmpty();
  }

  @Test
  void aDeletedEventDoesNotComeForthAtAPlaceThatItHadBefore() {
    try (var store = EmbeddedStore.open(directory, EmbeddedConfig.DEFAULT)) {
      var events = store.events();
      await(events.add(List.of(row(1_000))));
      await(events.put(List.of(row(2_000))));
      await(events.delete(List.of(row(2_000))));

      assertThat(await(events.get(ID))).isEmpty();
      assertThat(await(events.lookBack("a", Optional.of(MATCHES.getFirst()), 0, 9_000, 10)))
          .isEmpty();
      assertThat(await(events.list(everything())).items()).isEmpty();
    }
  }

  private static Row row(long receivedAt) {
    var event =
        new Event(
            ID,
            Optional.of("user-id"),
            "a",
            receivedAt,
            receivedAt,
            Json.of("{}"),
            Optional.empty(),
            Optional.empty());
    return new Row(event, List.of(), Optional.empty(), MATCHES);
  }

  private static EventIndex.Query everything() {
    return new EventIndex.Query(
        Optional.empty(), true, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), 10);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
