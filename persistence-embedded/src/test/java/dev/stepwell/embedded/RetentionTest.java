package dev.stepwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.DurableFunction;
import dev.stepwell.EventName;
import dev.stepwell.FunctionSpec;
import dev.stepwell.OutgoingEvent;
import dev.stepwell.Steps;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.testkit.TestEngine;
import dev.stepwell.testkit.TestRun;
import dev.stepwell.testkit.TestSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;

/** What has been over for thirty days is gone from the disk, and what is alive is all there. */
final class RetentionTest {

  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration HOUR = Duration.ofHours(1);

  /** Families of what belongs to a single run or event. */
  private static final List<String> OF_RUNS_AND_EVENTS =
      List.of("run-facts", "runs", "run-keys", "events", "event-keys", "timers");

  @EventName("shop/ordered")
  record Ordered(String id, String note) {}

  @EventName("shop/nap")
  record Nap(String id, String note) {}

  @EventName("shop/asked")
  record Asked(String id, String note) {}

  @EventName("shop/answered")
  record Answered(String id, String note) {}

  private record Told<E extends Record>(FunctionSpec<E> spec, Body<E> body)
      implements DurableFunction<E, String> {

    interface Body<E> {
      String tell(E event, Steps step);
    }

    @Override
    public String run(E event, Steps step) {
      return body.tell(event, step);
    }
  }

  private final Random random = new Random(7);

  private final DurableFunction<?, ?>[] functions = {
    new Told<>(
        FunctionSpec.onEvent("fulfil", Ordered.class).concurrency(100),
        (_, step) -> step.run("charge", this::noise) + step.run("ship", this::noise)),
    new Told<>(
        FunctionSpec.onEvent("nap", Nap.class),
        (nap, step) -> {
          var before = step.run("before", this::noise);
          step.sleep("year", YEAR);
          return nap.id() + before.length() + step.run("after", () -> "rested");
        }),
    new Told<>(
        FunctionSpec.onEvent("ask", Asked.class),
        (asked, step) ->
            step.waitFor("answer", Answered.class)
                .where(Answered::id)
                .is(asked.id())
                .atMost(YEAR)
                .map(Answered::id)
                .orElse("nothing"))
  };

  @TempDir Path directory;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private EmbeddedStore store;
  private TestEngine engine;

  @BeforeEach
  void open() {
    open("30d");
  }

  private void open(String retention) {
    store = EmbeddedStore.open(directory, EmbeddedConfig.DEFAULT);
    engine =
        TestSetup.of(functions)
            .store(store)
            .begin(now)
            .config("stepwell.engine { partitions = 4, retention = %s }".formatted(retention))
            .start();
  }

  @AfterEach
  void close() {
    engine.close();
    store.close();
  }

  @Test
  void deletesAllThatIsOverAndNothingThatLives() throws IOException, RocksDBException {
    var naps = send(50, "nap", Nap::new);
    var asks = send(50, "ask", Asked::new);
    engine.advance(HOUR);
    var keysBefore = keys();
    var bytesBefore = OnDisk.bytesOfFiles(directory);

    send(1_500, "order", Ordered::new);
    send(30, "short", Nap::new).forEach(run -> run.cancel("not tired"));
    send(30, "known", Asked::new).forEach(run -> run.cancel("known already"));
    engine.sendAll(OutgoingEvent.of(new Ordered("once", "")).id("my-own-id"));
    engine.sendAll(OutgoingEvent.of(new Ordered("once", "")).id("my-own-id"));
    engine.advance(KEPT.minus(HOUR));
    assertThat(engine.runs()).hasSize(100 + 1_500 + 60 + 1);
    var _ = keys();
    assertThat(OnDisk.bytesOfFiles(directory)).isGreaterThan(10 * bytesBefore);

    engine.advance(HOUR.multipliedBy(3));
    assertThat(engine.runs()).hasSize(100).containsAll(naps).containsAll(asks);
    assertThat(engine.events()).hasSize(100);
    assertOfRunsAndEvents(keysBefore);
    assertThat(factsOfPartitions()).isEmpty();
    assertThat(OnDisk.bytesOfFiles(directory)).isLessThan(bytesBefore * 11 / 10);

    // And those that live come to their ends.
    for (var i = 0; i < asks.size(); i++) {
      engine.sendAll(new Answered("ask-" + i, ""));
    }
    assertThat(asks).extracting(TestRun::status).containsOnly(RunStatus.COMPLETED);
    engine.advanceTo(now.plus(YEAR));
    assertThat(naps).extracting(TestRun::status).containsOnly(RunStatus.COMPLETED);
    assertThat(engine.executions("before")).isEqualTo(naps.size() + 30);
    engine.advance(KEPT.plus(HOUR.multipliedBy(2)));
    assertThat(engine.events()).isEmpty();
    assertOfRunsAndEvents(Map.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void goesOnAfterACrashInTheMiddle(int write) throws RocksDBException {
    for (var stored : new boolean[] {false, true}) {
      var nap = send(1, "nap", Nap::new).getFirst();
      send(20, "order", Ordered::new);
      engine.advance(KEPT);
      if (stored) {
        engine.crashAfterWrite(write);
      } else {
        engine.crashBeforeWrite(write);
      }
      engine.advance(HOUR.multipliedBy(3));

      assertThat(engine.runs("fulfil")).isEmpty();
      assertThat(nap.status()).isEqualTo(RunStatus.RUNNING);
      nap.cancel("enough");
      engine.advance(KEPT.plus(HOUR.multipliedBy(2)));
    }
    assertOfRunsAndEvents(Map.of());
  }

  @Test
  void keepsAnEventUntilItsInstantHasComeAndItsRunsHaveEnded() {
    var ordered = new Ordered("later", noise());
    engine.sendAll(OutgoingEvent.of(ordered).ts(now.plus(KEPT.multipliedBy(3))));
    engine.advance(KEPT.multipliedBy(3).minusMillis(1));
    assertThat(engine.runs()).isEmpty();
    assertThat(engine.events()).hasSize(1);

    engine.advance(Duration.ofSeconds(2));
    assertThat(engine.run("fulfil").status()).isEqualTo(RunStatus.COMPLETED);
    engine.advance(KEPT);
    assertThat(engine.runs()).hasSize(1);
    assertThat(engine.events()).hasSize(1);
    engine.advance(HOUR.multipliedBy(2));
    assertThat(engine.runs()).isEmpty();
    assertThat(engine.events()).isEmpty();
  }

  @Test
  void startsWhatBecameDueDuringALongAbsence() {
    engine.sendAll(OutgoingEvent.of(new Ordered("later", "")).ts(now.plus(Duration.ofDays(1))));
    close();
    now = now.plus(KEPT.multipliedBy(3));
    open("30d");
    engine.advance(HOUR.multipliedBy(3));

    assertThat(engine.run("fulfil").status()).isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void keepsAnEventForTheDayInWhichItsIdIsRecognised() {
    close();
    open("10m");
    engine.sendAll(OutgoingEvent.of(new Ordered("once", "")).id("my-own-id"));
    engine.advance(Duration.ofHours(23));
    assertThat(engine.runs()).isEmpty();

    engine.sendAll(OutgoingEvent.of(new Ordered("once", "")).id("my-own-id"));
    assertThat(engine.runs()).isEmpty();
    engine.advance(Duration.ofHours(26));
    assertThat(engine.events()).isEmpty();
  }

  private interface Maker {
    Record make(String id, String note);
  }

  private List<TestRun> send(int count, String name, Maker maker) {
    return engine.sendAll(
        IntStream.range(0, count)
            .mapToObj(i -> maker.make(name + "-" + i, noise()))
            .toArray(Record[]::new));
  }

  private void assertOfRunsAndEvents(Map<String, List<String>> expected) throws RocksDBException {
    var keys = keys();
    for (var family : OF_RUNS_AND_EVENTS) {
      assertThat(keys.get(family)).as(family).isEqualTo(expected.getOrDefault(family, List.of()));
    }
  }

  /** Of those through which all events and waits go, without the heads. */
  private List<String> factsOfPartitions() throws RocksDBException {
    return keys().getOrDefault("facts", List.of()).stream()
        .filter(key -> key.contains("event-log|") || key.contains("waits|"))
        .filter(key -> !key.endsWith("\0"))
        .toList();
  }

  private Map<String, List<String>> keys() throws RocksDBException {
    store.reclaim().toCompletableFuture().join();
    return OnDisk.keys(directory);
  }

  /** A kilobyte and a third that no compression makes smaller. */
  private String noise() {
    var bytes = new byte[1_000];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
