package dev.stepwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.wire.Ulid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted does not stay on the disk. */
final class ReclaimTest {

  private static final int RUNS = 5_000;
  private static final int FACT_BYTES = 1_000;

  @TempDir Path directory;

  @Test
  void givesTheRoomOfDeletedFactsBack() throws IOException {
    var random = new Random(1);
    var ids = IntStream.range(0, RUNS).mapToObj(i -> "run|" + Ulid.of(i, 1, 1)).toList();
    try (var store = EmbeddedStore.open(directory, EmbeddedConfig.DEFAULT)) {
      CompletableFuture.allOf(
              ids.stream()
                  .map(id -> store.journal().append(id, 1, List.of(noise(random))))
                  .map(stage -> stage.toCompletableFuture())
                  .toArray(CompletableFuture<?>[]::new))
          .join();
      store.reclaim().toCompletableFuture().join();
      assertThat(OnDisk.bytesOfFiles(directory)).isGreaterThan(RUNS * FACT_BYTES);

      store.journal().purge(ids.subList(0, RUNS - 100)).toCompletableFuture().join();
      store.reclaim().toCompletableFuture().join();
      assertThat(OnDisk.bytesOfFiles(directory)).isLessThan(RUNS * FACT_BYTES / 10);
      assertThat(store.journal().highestSequenceNr(ids.getLast()).toCompletableFuture().join())
          .isEqualTo(1);
    }
  }

  private static byte[] noise(Random random) {
    var fact = new byte[FACT_BYTES];
    random.nextBytes(fact);
    return fact;
  }
}
