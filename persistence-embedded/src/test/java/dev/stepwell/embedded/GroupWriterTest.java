package dev.stepwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.TimerStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes go to disk in groups, and each is taken on. */
final class GroupWriterTest {

  private static final long MIB = 1 << 20;

  @TempDir Path directory;

  @Test
  void syncsOnceForManyWritesThatWait() {
    try (var store = EmbeddedStore.open(directory, EmbeddedConfig.DEFAULT)) {
      var writes = new ArrayList<CompletableFuture<Void>>();
      for (var i = 0; i < 5_000; i++) {
        writes.add(append(store, i, 100));
      }
      writes.forEach(CompletableFuture::join);

      assertThat(store.figures().writes()).isEqualTo(5_000);
      assertThat(store.figures().syncs()).isBetween(1L, 2_500L);
    }
  }

  @Test
  void doesNotSyncWhatMayBeLostWithThePower() {
    try (var store = EmbeddedStore.open(directory, EmbeddedConfig.DEFAULT)) {
      var row = new TimerStore.Row(1, "key", new byte[0]);
      store.timers().delete(1, List.of(row)).toCompletableFuture().join();
      store.journal().purge(List.of("run|1")).toCompletableFuture().join();
      assertThat(store.figures().syncs()).isZero();

      store.timers().put(1, List.of(row)).toCompletableFuture().join();
      assertThat(store.figures().syncs()).isEqualTo(1);
    }
  }

  @Test
  void takesEveryFactHoweverManyWait() {
    var config = new EmbeddedConfig(MIB, 32 * MIB, 32 * MIB, MIB);
    try (var store = EmbeddedStore.open(directory, config)) {
      var writes = new ArrayList<CompletableFuture<Void>>();
      for (var i = 0; i < 400; i++) {
        writes.add(append(store, i, 200_000));
      }
      writes.forEach(CompletableFuture::join);

      assertThat(highest(store, 399)).isEqualTo(1);
    }
  }

  @Test
  void takesAWriteLargerThanAGroup() {
    try (var store = EmbeddedStore.open(directory, EmbeddedConfig.DEFAULT)) {
      append(store, 1, 9_000_000).join();
      assertThat(highest(store, 1)).isEqualTo(1);
    }
  }

  private static CompletableFuture<Void> append(EmbeddedStore store, int run, int bytes) {
    return store.journal().append("run|" + run, 1, List.of(new byte[bytes])).toCompletableFuture();
  }

  private static long highest(EmbeddedStore store, int run) {
    return store.journal().highestSequenceNr("run|" + run).toCompletableFuture().join();
  }
}
