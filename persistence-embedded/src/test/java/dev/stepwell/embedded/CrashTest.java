package dev.stepwell.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.Journal.Entry;
import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.engine.wire.Ulid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes are killed in the middle of writing, and nothing that they acknowledged is lost. */
@DisabledOnOs(OS.WINDOWS)
final class CrashTest {

  private static final long MAX = Long.MAX_VALUE;
  private static final int KILLS = 12;
  private static final int LINES_MAX = 4_000;

  @TempDir Path directory;
  @TempDir Path home;

  @Test
  void keepsWhatWasAcknowledgedBeforeAKill() throws IOException, InterruptedException {
    var seed = System.nanoTime();
    System.out.println("CrashTest: seed " + seed);
    var random = new Random(seed);
    var acknowledged = new ArrayList<String>();
    for (var round = 1; round <= KILLS; round++) {
      try (var child =
          Child.start("", home, CrashWriter.class, directory.toString(), String.valueOf(round))) {
        var lines = 1 + random.nextInt(LINES_MAX);
        for (var i = 0; i < lines; i++) {
          acknowledged.add(child.line());
        }
        child.kill();
        acknowledged.addAll(child.rest());
      }
      verify(acknowledged);
    }
    System.out.println("CrashTest: " + acknowledged.size() + " acknowledged, " + KILLS + " kills");
  }

  private void verify(List<String> acknowledged) {
    try (var store = EmbeddedStore.open(directory, CrashWriter.CONFIG)) {
      var highest = new HashMap<String, Map<String, Long>>();
      for (var line : acknowledged) {
        var words = line.split(" ", 3);
        highest
            .computeIfAbsent(words[0], _ -> new HashMap<>())
            .merge(words[1], Long.valueOf(words[2]), Math::max);
      }
      var deleted = highest.getOrDefault("deleted", Map.of());
      of(highest, "fact", (id, nr) -> verifyFacts(store, id, nr, deleted.getOrDefault(id, 0L)));
      of(highest, "snapshot", (id, nr) -> verifySnapshot(store, id, nr));
      of(highest, "timer", (id, nr) -> verifyTimers(store, id, nr));
      of(highest, "row", (id, _) -> verifyRow(store, Ulid.parse(id)));
    }
  }

  private static void of(
      Map<String, Map<String, Long>> highest, String what, BiConsumer<String, Long> verification) {
    highest.getOrDefault(what, Map.of()).forEach(verification);
  }

  private static void verifyFacts(EmbeddedStore store, String id, long acknowledged, long deleted) {
    var entries = new ArrayList<Entry>();
    get(store.journal().replay(id, 1, MAX, MAX, entries::add).thenApply(_ -> true));
    assertThat(entries).as(id).isNotEmpty();
    var first = entries.getFirst().sequenceNr();
    var last = entries.getLast().sequenceNr();
    assertThat(get(store.journal().highestSequenceNr(id))).as(id).isEqualTo(last);
    // One more append and one more deletion may have been under way.
    assertThat(last).as(id).isBetween(acknowledged, acknowledged + 2);
    assertThat(first).as(id).isGreaterThan(deleted);
    assertThat(first == 1 || first % 20 == 19).as(id + " begins at " + first).isTrue();
    assertThat(entries).as(id).hasSize((int) (last - first + 1));
    var name = id.startsWith("run|") ? id.substring(4) : id;
    for (var entry : entries) {
      assertThat(entry.fact()).isEqualTo(CrashWriter.fact(name, entry.sequenceNr()));
    }
    if (name.equals(id)) {
      assertThat(last % 2).as("a pair is stored whole or not at all: " + id).isZero();
    }
  }

  private static void verifySnapshot(EmbeddedStore store, String id, long acknowledged) {
    var snapshot = get(store.journal().loadSnapshot(id, MAX)).orElseThrow();
    assertThat(snapshot.sequenceNr()).as(id).isGreaterThanOrEqualTo(acknowledged);
    assertThat(snapshot.state()).isEqualTo(CrashWriter.fact(id, snapshot.sequenceNr()));
  }

  private static void verifyTimers(EmbeddedStore store, String id, long acknowledged) {
    var round = Integer.parseInt(id.substring(0, id.indexOf('/')));
    var partition = Integer.parseInt(id.substring(id.indexOf('/') + 1));
    var due = 1_000L * round;
    var rows = get(store.timers().between(partition, due, due + 1, Integer.MAX_VALUE));
    var found =
        rows.stream().collect(Collectors.toMap(TimerStore.Row::key, TimerStore.Row::target));
    for (var turn = 1; turn <= acknowledged; turn++) {
      var expected = CrashWriter.timer(round, turn);
      assertThat(found.get(expected.key())).as(id + " " + turn).isEqualTo(expected.target());
    }
  }

  private static void verifyRow(EmbeddedStore store, Ulid id) {
    assertThat(get(store.runs().get(id))).contains(CrashWriter.row(id));
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
