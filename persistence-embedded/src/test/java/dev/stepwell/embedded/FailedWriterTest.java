package dev.stepwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rocksdb.RocksDBException;

/**
 * Whatever goes wrong with a write: nothing is acknowledged any more, and nobody is left waiting.
 */
@Timeout(30)
final class FailedWriterTest {

  private static final int BYTES = 100;

  /** A log that is written when the test lets it, and on the {@code failing}th write fails. */
  private static final class ShakyLog implements GroupWriter.Log {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch mayGoOn = new CountDownLatch(1);
    final List<Integer> written = new ArrayList<>();
    private final int failing;
    private final Throwable failure;

    ShakyLog(int failing, Throwable failure) {
      this.failing = failing;
      this.failure = failure;
    }

    @Override
    public void write(Ops ops, boolean sync) throws RocksDBException {
      begun.countDown();
      await(mayGoOn);
      written.add(ops.sizeBytes());
      if (written.size() == failing) {
        ShakyLog.<RuntimeException>sneak(failure);
      }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
      throw (E) failure;
    }
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new RocksDBException("No space left on device"),
        new UncheckedIOException(new IOException("bad block")),
        new InternalError("a fault occurred in an unsafe memory access operation"),
        new NoClassDefFoundError("org/rocksdb/Status"),
        new StackOverflowError(),
        new OutOfMemoryError("Java heap space"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void refusesWhatWaitsAndWhatComesOnceAWriteHasFailed(Throwable failure) throws Exception {
    var log = new ShakyLog(2, failure);
    try (var writer = new GroupWriter(log)) {
      var stored = write(writer, BYTES);
      await(log.begun);
      var waiting = List.of(write(writer, BYTES), write(writer, 5 << 20), write(writer, BYTES));
      log.mayGoOn.countDown();

      assertThat(stored).succeedsWithin(10, TimeUnit.SECONDS);
      for (var write : waiting) {
        assertRefused(write);
      }
      assertRefused(write(writer, BYTES));
      assertThat(writer.failure()).hasMessageContaining("until Stepwell is started again");
      assertThat(log.written).hasSize(2);
    }
  }

  @Test
  void refusesWhatWaitsWhenItIsClosed() throws Exception {
    var log = new ShakyLog(1, new RocksDBException("No space left on device"));
    var writer = new GroupWriter(log);
    var first = write(writer, BYTES);
    await(log.begun);
    var second = write(writer, BYTES);
    var closing = CompletableFuture.runAsync(writer::close);
    log.mayGoOn.countDown();

    closing.join();
    assertRefused(first);
    assertRefused(second);
  }

  private static CompletableFuture<Void> write(GroupWriter writer, int bytes) {
    var ops = new Ops(bytes, 1).put(1, new byte[] {1}, new byte[bytes]);
    return writer.write(ops, true).toCompletableFuture();
  }

  private static void assertRefused(CompletableFuture<Void> write) {
    assertThatThrownBy(() -> write.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(StoreFailedException.class)
        .hasMessageContaining("takes no more writes until Stepwell is started again");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
