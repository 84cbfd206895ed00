package dev.stepwell.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.IdSeed;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventPartitionsTest {

  private static final int PARTITIONS = 32;

  private final Random random = new Random(5);

  @Test
  void theEventsOfOneRequestShareAPartition() {
    for (var request = 0; request < 200; request++) {
      var seed = seed();
      var partitions =
          IntStream.rangeClosed(1, 5_000)
              .map(place -> of(seed.id(place), Optional.empty()))
              .distinct();
      assertThat(partitions.count()).isEqualTo(1);
    }
  }

  @Test
  void requestsAreSpreadEvenly() {
    assertEven(_ -> of(seed().id(1), Optional.empty()));
  }

  @Test
  void theSameUserIdMeetsItsOriginal() {
    assertThat(of(seed().id(1), Optional.of("order-1")))
        .isEqualTo(of(seed().id(77), Optional.of("order-1")));
  }

  @Test
  void userIdsAreSpreadEvenly() {
    assertEven(i -> of(seed().id(1), Optional.of("order-" + i)));
    assertEven(i -> of(seed().id(1), Optional.of(Integer.toString(i))));
    assertEven(i -> of(seed().id(1), Optional.of(seed().id(1).toString())));
  }

  @Test
  void anEventKeepsItsPartitionForEver() {
    var id = Ulid.parse("01ARZ3NDEKTSV4RRFFQ69G5FAV");
    assertThat(of(id, Optional.empty())).isEqualTo(4);
    assertThat(of(id, Optional.of("order-1"))).isEqualTo(26);
  }

  private static void assertEven(IntFunction<Integer> partition) {
    var counts = new int[PARTITIONS];
    for (var i = 0; i < PARTITIONS * 1_000; i++) {
      counts[partition.apply(i)]++;
    }
    assertThat(Arrays.stream(counts)).allMatch(count -> count > 750 && count < 1_250);
  }

  private IdSeed seed() {
    var entropy = new byte[IdSeed.ENTROPY_BYTES];
    random.nextBytes(entropy);
    return new IdSeed(Samples.NOON, entropy);
  }

  private static int of(Ulid id, Optional<String> userId) {
    return EventPartitions.of(
        new Event(id, userId, "e", 0, 0, Json.EMPTY_OBJECT, Optional.empty(), Optional.empty()),
        PARTITIONS);
  }
}
