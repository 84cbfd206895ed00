package dev.stepwell.embedded;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.embedded.Shop.LeaveTaken;
import dev.stepwell.embedded.Shop.NoticeGiven;
import dev.stepwell.embedded.Shop.NoticeWithdrawn;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

/**
 * A shop keeps what is over for thirty days. After months its store holds what it held after forty
 * days, whoever has lived through them is there and ends right, and when the shop has been closed
 * for long enough the disk is free again.
 */
final class MonthsTest {

  private static final int MIB = 1 << 20;
  private static final EmbeddedConfig LITTLE_MEMORY =
      new EmbeddedConfig(4 * MIB, 8 * MIB, 8 * MIB, 16 * MIB);

  /** Beyond thirty days, so that each day as much goes as comes. */
  private static final int SETTLED = 40;

  /** Families of what belongs to a single run or event. */
  private static final List<String> OF_RUNS_AND_EVENTS =
      List.of("run-facts", "runs", "run-keys", "events", "event-keys", "timers");

  /** So many of each kind live for longer than anything is kept. */
  private static final int LONG_LIVED = 10;

  @TempDir Path directory;

  /** What a store holds, all of it on disk and nothing of it twice. */
  private record Held(Map<String, List<OnDisk.Row>> rows, long bytesOfFiles) {

    List<OnDisk.Row> of(String family) {
      return requireNonNull(rows.get(family));
    }

    int rowsOf(String family) {
      return of(family).size();
    }

    /** Whose facts there are, of those that are not single runs. */
    TreeSet<String> ids() {
      var ids = new TreeSet<String>();
      of("facts").forEach(row -> ids.add(row.persistenceId()));
      return ids;
    }
  }

  @Test
  void whatIsOverGoesAndWhatLivesStays() throws IOException, RocksDBException {
    try (var store = EmbeddedStore.open(directory, LITTLE_MEMORY);
        var days = new ShopDays(store)) {
      begin(days);

      days.passUntil(SETTLED);
      var settled = held(store);
      assertThat(settled.rowsOf("runs")).isGreaterThan(1_000);
      days.passUntil(60);
      assertAsMuch(held(store), settled);

      withdrawSomeNotices(days);
      days.passUntil(90);
      assertAsMuch(held(store), settled);
      assertLongLivedEndedRight(days);

      days.close(Duration.ofDays(SETTLED));
      assertEmpty(held(store), settled);
    }
  }

  private static void begin(ShopDays days) {
    for (var i = 0; i < LONG_LIVED; i++) {
      days.send(new LeaveTaken("leaver " + i));
      days.send(new NoticeGiven("noticer " + i));
    }
  }

  /** Of half of them; the others hear nothing until their time is over. */
  private static void withdrawSomeNotices(ShopDays days) {
    for (var i = 0; i < LONG_LIVED / 2; i++) {
      days.send(new NoticeWithdrawn("noticer " + i));
    }
  }

  private Held held(EmbeddedStore store) throws IOException, RocksDBException {
    store.reclaim().toCompletableFuture().join();
    return new Held(OnDisk.rows(directory), OnDisk.bytesOfFiles(directory));
  }

  /** A row in a hundred more is what an hour's difference in sweeping makes; a leak is more. */
  private static void assertAsMuch(Held later, Held settled) {
    for (var family : OF_RUNS_AND_EVENTS) {
      assertThat(later.rowsOf(family))
          .as(family)
          .isLessThanOrEqualTo(settled.rowsOf(family) * 101 / 100);
    }
    assertThat(later.ids()).hasSameSizeAs(settled.ids());
    assertThat(later.rowsOf("facts")).isLessThan(4 * later.ids().size());
    assertThat(later.rowsOf("snapshots")).isEqualTo(settled.rowsOf("snapshots"));
    assertThat(later.bytesOfFiles()).isLessThan(settled.bytesOfFiles() * 102 / 100);
  }

  private static void assertLongLivedEndedRight(ShopDays days) {
    assertThat(outcomes(days, "leave"))
        .containsExactlyInAnyOrderElementsOf(each(0, "keys of leaver %d are back"));
    assertThat(days.engine().executions("hand-over")).isEqualTo(LONG_LIVED);
    assertThat(outcomes(days, "notice"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    each(0, "noticer %d stays").stream().limit(LONG_LIVED / 2),
                    each(LONG_LIVED / 2, "noticer %d goes").stream())
                .toList());
  }

  private static List<String> outcomes(ShopDays days, String function) {
    var runs = days.engine().runs(function);
    assertThat(runs).extracting(TestRun::status).containsOnly(RunStatus.COMPLETED);
    return runs.stream().map(run -> run.outcome(String.class)).toList();
  }

  private static List<String> each(int from, String text) {
    return IntStream.range(from, LONG_LIVED).mapToObj(text::formatted).toList();
  }

  private static void assertEmpty(Held later, Held settled) {
    for (var family : OF_RUNS_AND_EVENTS) {
      assertThat(later.of(family)).as(family).isEmpty();
    }
    assertThat(later.ids()).noneMatch(id -> id.startsWith("slots|"));
    assertThat(later.bytesOfFiles()).isLessThan(settled.bytesOfFiles() / 50);
  }
}
