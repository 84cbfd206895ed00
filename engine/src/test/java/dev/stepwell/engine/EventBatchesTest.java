package dev.stepwell.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.event.EventPartitions;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventBatchesTest {

  private static final int PARTITIONS = 4;

  @Test
  void smallEventsOfOnePartitionAreOneBatch() {
    var events = IntStream.range(0, 5_000).mapToObj(i -> event(i, Optional.empty(), 100)).toList();

    assertThat(EventBatches.of(events, PARTITIONS))
        .singleElement()
        .satisfies(batch -> assertThat(batch.events()).isEqualTo(events));
  }

  @Test
  void aBatchIsAtMostOneEventLargerThanItsBound() {
    var events = IntStream.range(0, 40).mapToObj(i -> event(i, Optional.empty(), 500_000)).toList();

    var batches = EventBatches.of(events, PARTITIONS);

    assertThat(batches)
        .hasSizeGreaterThan(1)
        .allSatisfy(batch ->
            assertThat(bytes(batch.events().subList(0, batch.events().size() - 1)))
                .isLessThanOrEqualTo(EventBatches.BATCH_BYTES));
    assertThat(batches.stream().flatMap(batch -> batch.events().stream())).isEqualTo(events);
  }

  @Test
  void eachEventGoesToItsPartitionInOrder() {
    var events = IntStream.range(0, 100).mapToObj(i -> event(i, Optional.of("u" + i), 10)).toList();

    var batches = EventBatches.of(events, PARTITIONS);

    assertThat(batches).hasSize(PARTITIONS);
    for (var batch : batches) {
      assertThat(batch.events())
          .isEqualTo(
              events.stream()
                  .filter(event -> EventPartitions.of(event, PARTITIONS) == batch.partition())
                  .toList());
    }
  }

  private static long bytes(List<Event> events) {
    return events.stream().mapToLong(event -> event.data().sizeBytes()).sum();
  }

  private static Event event(int number, Optional<String> userId, int bytes) {
    return new Event(
        Ulid.of(1, 1, number),
        userId,
        "order/placed",
        1,
        1,
        Json.of('"' + "x".repeat(bytes - 2) + '"'),
        Optional.empty(),
        Optional.empty());
  }
}
