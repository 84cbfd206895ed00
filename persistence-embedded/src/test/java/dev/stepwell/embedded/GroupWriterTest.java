package dev.stepwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.engine.port.StoreOverloadedException;
import dev.stepwell.engine.port.TimerStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes go to disk in groups, and not more of them are taken on than may wait. */
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
  void refusesWritesWhileTooMuchWaitsAndStoresAllItTookOn() {
    var config = new EmbeddedConfig(MIB, 32 * MIB, 32 * MIB, MIB);
    try (var store = EmbeddedStore.open(directory, config)) {
      var writes = new ArrayList<CompletableFuture<Void>>();
      for (var i = 0; i < 400; i++) {
        writes.add(append(store, i, 200_000));
      }
      var refused = 0;
      for (var i = 0; i < writes.size(); i++) {
        if (isRefused(writes.get(i))) {
          refused++;
        } else {
          assertThat(highest(store, i)).isEqualTo(1);
        }
      }
      assertThat(refused).isBetween(1, 399);
      assertThat(store.figures().waitingBytes()).isZero();
      append(store, 1_000, 200_000).join();
    }
  }

  @Test
  void takesAWriteLargerThanAllThatMayWait() {
    var config = new EmbeddedConfig(MIB, 32 * MIB, 32 * MIB, MIB);
    try (var store = EmbeddedStore.open(directory, config)) {
      append(store, 1, 3_000_000).join();
      assertThat(highest(store, 1)).isEqualTo(1);
    }
  }

  @Test
  void countsWhatWaitsAndForgetsWhatItRefused() {
    var budget = new Budget(100);
    budget.take(60);
    budget.take(40);
    assertThatThrownBy(() -> budget.take(1)).isInstanceOf(StoreOverloadedException.class);
    budget.giveBack(60);
    budget.take(60);
    budget.giveBack(100);
    assertThat(budget.taken()).isZero();
    budget.take(1_000);
    assertThatThrownBy(() -> budget.take(1)).hasMessageContaining("1000 bytes");
  }

  private static CompletableFuture<Void> append(EmbeddedStore store, int run, int bytes) {
    return store.journal().append("run|" + run, 1, List.of(new byte[bytes])).toCompletableFuture();
  }

  private static long highest(EmbeddedStore store, int run) {
    return store.journal().highestSequenceNr("run|" + run).toCompletableFuture().join();
  }

  private static boolean isRefused(CompletableFuture<Void> write) {
    try {
      write.join();
      return false;
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(StoreOverloadedException.class);
      return true;
    }
  }
}
