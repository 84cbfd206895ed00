package dev.stepwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stepwell.engine.NewEvent;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.port.StoreOverloadedException;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import dev.stepwell.testkit.TestSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** An index takes on no more than may wait for it, and the log is not full of that. */
final class OverloadTest {

  private static final int MIB = 1 << 20;
  private static final EmbeddedConfig LITTLE_WAITS =
      new EmbeddedConfig(MIB, 32 * MIB, 32 * MIB, MIB);

  private static final String MANY_ACCEPTED =
      "stepwell.engine { partitions = 32, backlog-max = 1 GiB }";

  @TempDir Path directory;

  private final List<String> said = new ArrayList<>();
  private long nanos = Long.MAX_VALUE;
  private final Overload overload = new Overload(said::add, () -> nanos);

  @Test
  void refusesChangesWhileTooManyWaitAndMakesAllThatItTookOn() {
    try (var store = EmbeddedStore.open(directory, LITTLE_WAITS)) {
      var puts = new ArrayList<CompletableFuture<Void>>();
      for (var i = 0; i < 400; i++) {
        puts.add(put(store, i, 200_000));
      }
      var refused = 0;
      for (var i = 0; i < puts.size(); i++) {
        if (isRefused(puts.get(i))) {
          refused++;
        } else {
          assertThat(store.events().get(row(i, 0).event().id()).toCompletableFuture().join())
              .isPresent();
        }
      }
      assertThat(refused).isBetween(1, 399);
      put(store, 1_000, 200_000).join();
    }
  }

  @Test
  void takesAChangeLargerThanAllThatMayWait() {
    try (var store = EmbeddedStore.open(directory, LITTLE_WAITS)) {
      put(store, 1, 3_000_000).join();
    }
  }

  @Test
  void storesFactsAndTakesOnRunsWhileEventsAreRefused() {
    try (var store = EmbeddedStore.open(directory, LITTLE_WAITS)) {
      var puts = new ArrayList<CompletableFuture<Void>>();
      for (var i = 0; i < 400; i++) {
        puts.add(put(store, i, 200_000));
        store.journal().append("run|" + i, 1, List.of(new byte[10])).toCompletableFuture().join();
        store.runs().put(List.of(run(i))).toCompletableFuture().join();
      }
      puts.forEach(OverloadTest::isRefused);
    }
  }

  @Test
  void getsEveryEventInTheEndAndFillsNoLog() {
    var log = (Logger) LoggerFactory.getLogger("dev.stepwell");
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    log.addAppender(lines);
    try (var store = EmbeddedStore.open(directory, LITTLE_WAITS);
        var engine = TestSetup.of().store(store).config(MANY_ACCEPTED).start()) {
      var sends =
          IntStream.range(0, 16)
              .mapToObj(i -> engine.engine().send(List.of(large()), Optional.empty()))
              .toList();
      engine.advance(Duration.ofMinutes(1));

      assertThat(sends).allSatisfy(sent -> assertThat(sent).isCompleted());
      assertThat(engine.events()).hasSize(16);
      assertThat(lines.list)
          .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
          .hasSizeBetween(1, 10)
          .allMatch(line -> line.getMessage().startsWith("The store is overloaded"))
          .allMatch(line -> line.getThrowableProxy() == null);
    } finally {
      log.detachAppender(lines);
    }
  }

  /** More than may wait, but for one alone. */
  private static NewEvent large() {
    return new NewEvent(
        "a/b",
        data(1_100_000),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void countsWhatWaitsAndForgetsWhatItRefused() {
    var budget = new Budget(100, overload);
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

  @Test
  void saysAtOnceThatItIsOverloadedAndThenEveryFiveSecondsHowOften() {
    for (var i = 0; i < 1_000; i++) {
      var _ = overload.refuse("too much");
    }
    assertThat(said).containsExactly("The store is overloaded: too much; calls refused so far: 1");

    pass(Duration.ofSeconds(5).minusNanos(1));
    var _ = overload.refuse("too much");
    assertThat(said).hasSize(1);

    pass(Duration.ofNanos(1));
    assertThat(overload.refuse("far too much")).hasMessage("far too much");
    assertThat(said.getLast())
        .isEqualTo("The store is overloaded: far too much; calls refused so far: 1002");
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private static CompletableFuture<Void> put(EmbeddedStore store, int number, int bytes) {
    return store.events().put(List.of(row(number, bytes))).toCompletableFuture();
  }

  private static EventIndex.Row row(int number, int bytes) {
    var event =
        new Event(
            Ulid.of(1, 0, number),
            Optional.empty(),
            "a/b",
            1,
            1,
            data(bytes),
            Optional.empty(),
            Optional.empty());
    return new EventIndex.Row(event, List.of(), Optional.empty(), List.of());
  }

  private static RunIndex.Row run(int number) {
    var id = Ulid.of(1, 0, number);
    return new RunIndex.Row(id, "f", RunStatus.RUNNING, id, "a/b", 1, OptionalLong.empty());
  }

  private static Json data(int bytes) {
    return Json.of("{\"text\":\"" + "x".repeat(bytes) + "\"}");
  }

  private static boolean isRefused(CompletableFuture<Void> put) {
    try {
      put.orTimeout(20, TimeUnit.SECONDS).join();
      return false;
    } catch (CompletionException e) {
      assertThat(StoreOverloadedException.isBehind(e)).isTrue();
      return true;
    }
  }
}
