package dev.stepwell.testkit.contract;

import static dev.stepwell.testkit.contract.Stages.await;
import static dev.stepwell.testkit.contract.Stages.awaitAll;
import static dev.stepwell.testkit.contract.Stages.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.Journal.Snapshot;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a {@link Journal} does. */
public abstract class JournalContract extends PortContract {

  private static final long MAX = Long.MAX_VALUE;

  /** A run, as the engine names one. */
  private static final String RUN = "run|" + Ulid.of(1_700_000_000_000L, 7, 7);

  /** Something that lives for ever and is deleted from. */
  private static final String PARTITION = "events|12";

  @Test
  void replaysFactsInTheOrderTheyWereAppended() {
    append(RUN, 1, "started");
    append(RUN, 2, "step", "ended");

    assertThat(replay(RUN)).containsExactly("1 started", "2 step", "3 ended");
  }

  @Test
  void replaysNothingForAnIdNeverWritten() {
    assertThat(replay(RUN)).isEmpty();
    assertThat(replay(PARTITION)).isEmpty();
    assertThat(highest(RUN)).isZero();
    assertThat(get(journal().loadSnapshot(RUN, MAX))).isEmpty();
  }

  @Test
  void saysOfNoIdWithFactsThatItIsNew() {
    append(RUN, 1, "started");
    append(PARTITION, 1, "1", "2");
    await(journal().deleteTo(PARTITION, MAX));

    assertThat(journal().isNew(RUN)).isFalse();
    assertThat(journal().isNew(PARTITION)).isFalse();
  }

  @Test
  void replaysNoMoreThanIsAskedFor() {
    appendNumbers(PARTITION, 1, 40);

    assertThat(replay(PARTITION, 3, 5, MAX)).containsExactly("3 3", "4 4", "5 5");
    assertThat(replay(PARTITION, 3, MAX, 2)).containsExactly("3 3", "4 4");
    assertThat(replay(PARTITION, 3, 30, 20)).hasSize(20).endsWith("22 22");
    assertThat(replay(PARTITION, 3, 30, 100)).hasSize(28).endsWith("30 30");
    assertThat(replay(PARTITION, 39, 1_000, MAX)).containsExactly("39 39", "40 40");
    assertThat(replay(PARTITION, 0, 1, MAX)).containsExactly("1 1");
    assertThat(replay(PARTITION, 41, MAX, MAX)).isEmpty();
    assertThat(replay(PARTITION, 1, MAX, 0)).isEmpty();
    assertThat(replay(PARTITION, 5, 3, MAX)).isEmpty();
  }

  @Test
  void keepsTheOrderOfNumbersOfAnySize() {
    for (var first = 1; first < 70_000; first += 1_000) {
      appendNumbers(PARTITION, first, 1_000);
    }

    assertThat(replay(PARTITION)).isEqualTo(numbers(1, 70_000));
    assertThat(replay(PARTITION, 255, 257, MAX)).containsExactly("255 255", "256 256", "257 257");
    assertThat(replay(PARTITION, 65_530, 65_540, MAX)).isEqualTo(numbers(65_530, 65_540));
    assertThat(highest(PARTITION)).isEqualTo(70_000);
  }

  @Test
  void keepsIdsApart() {
    var ids =
        List.of(
            "a", "ab", "a|1", "a|10", "a|1\u0000", "ä", "\u0000", RUN, RUN + "0", "z".repeat(300));
    for (var id : ids) {
      append(id, 1, "first of " + id, "second");
    }
    await(journal().deleteTo("a|1", 1));
    await(journal().purge(List.of("ab")));

    for (var id : ids) {
      var all = List.of("1 first of " + id, "2 second");
      assertThat(replay(id))
          .isEqualTo(id.equals("ab") ? List.of() : id.equals("a|1") ? all.subList(1, 2) : all);
    }
  }

  @Test
  void keepsFactsOfAnySize() {
    var large = new byte[3 << 20];
    large[large.length - 1] = 42;
    await(journal().append(RUN, 1, List.of(new byte[0], large, new byte[] {-1})));

    var facts = new ArrayList<byte[]>();
    assertThat(get(journal().replay(RUN, 1, MAX, MAX, entry -> facts.add(entry.fact()))))
        .isEqualTo(3);
    assertThat(facts).containsExactly(new byte[0], large, new byte[] {-1});
  }

  @Test
  void deletesUpToAndIncluded() {
    appendNumbers(PARTITION, 1, 100);

    await(journal().deleteTo(PARTITION, 3));
    assertThat(replay(PARTITION)).isEqualTo(numbers(4, 100));

    await(journal().deleteTo(PARTITION, 90));
    assertThat(replay(PARTITION)).isEqualTo(numbers(91, 100));
    assertThat(replay(PARTITION, 1, 92, MAX)).isEqualTo(numbers(91, 92));
    assertThat(replay(PARTITION, 50, MAX, 3)).isEqualTo(numbers(91, 93));
    assertThat(replay(PARTITION, 1, 90, MAX)).isEmpty();
  }

  @Test
  void deletesNothingTwice() {
    appendNumbers(PARTITION, 1, 10);
    await(journal().deleteTo(PARTITION, 5));
    await(journal().deleteTo(PARTITION, 5));
    await(journal().deleteTo(PARTITION, 2));
    await(journal().deleteTo(PARTITION, 0));
    await(journal().deleteTo("nobody|1", 5));

    assertThat(replay(PARTITION)).isEqualTo(numbers(6, 10));
    assertThat(highest(PARTITION)).isEqualTo(10);
    assertThat(highest("nobody|1")).isZero();
  }

  @Test
  void remembersTheHighestNumberOfWhatIsDeleted() {
    appendNumbers(PARTITION, 1, 10);

    await(journal().deleteTo(PARTITION, MAX));
    assertThat(highest(PARTITION)).isEqualTo(10);
    assertThat(replay(PARTITION)).isEmpty();

    append(PARTITION, 11, "11");
    assertThat(highest(PARTITION)).isEqualTo(11);
    assertThat(replay(PARTITION)).containsExactly("11 11");
  }

  @Test
  void loadsTheNewestSnapshotUpToANumber() {
    for (var sequenceNr : new long[] {300, 5, 70_000}) {
      save(PARTITION, sequenceNr, "state " + sequenceNr);
    }

    assertThat(snapshot(PARTITION, MAX)).isEqualTo("70000 state 70000");
    assertThat(snapshot(PARTITION, 70_000)).isEqualTo("70000 state 70000");
    assertThat(snapshot(PARTITION, 69_999)).isEqualTo("300 state 300");
    assertThat(snapshot(PARTITION, 5)).isEqualTo("5 state 5");
    assertThat(snapshot(PARTITION, 4)).isEqualTo("none");
    assertThat(snapshot("events|1", MAX)).isEqualTo("none");
    assertThat(highest(PARTITION)).isZero();
  }

  @Test
  void keepsASnapshotWhole() {
    var saved = new Snapshot(0, 1_700_000_000_123L, new byte[] {1, 2, 3});
    await(journal().saveSnapshot(PARTITION, saved));

    var loaded = get(journal().loadSnapshot(PARTITION, 0)).orElseThrow();
    assertThat(loaded).usingRecursiveComparison().isEqualTo(saved);
  }

  @Test
  void replacesASnapshotOfTheSameNumber() {
    save(PARTITION, 5, "old");
    save(PARTITION, 5, "new");

    assertThat(snapshot(PARTITION, MAX)).isEqualTo("5 new");
  }

  @Test
  void deletesSnapshotsUpToAndIncluded() {
    appendNumbers(PARTITION, 1, 3);
    for (var sequenceNr = 1; sequenceNr <= 50; sequenceNr++) {
      save(PARTITION, sequenceNr, "state");
    }

    await(journal().deleteSnapshots(PARTITION, 10));
    assertThat(snapshot(PARTITION, 10)).isEqualTo("none");
    assertThat(snapshot(PARTITION, 11)).isEqualTo("11 state");

    await(journal().deleteSnapshots(PARTITION, MAX));
    assertThat(snapshot(PARTITION, MAX)).isEqualTo("none");
    assertThat(replay(PARTITION)).isEqualTo(numbers(1, 3));

    save(PARTITION, 7, "again");
    assertThat(snapshot(PARTITION, MAX)).isEqualTo("7 again");
  }

  @Test
  void purgesEverythingOfAnId() {
    appendNumbers(PARTITION, 1, 100);
    await(journal().deleteTo(PARTITION, 20));
    save(PARTITION, 50, "state");
    append(RUN, 1, "started", "ended");
    append("run|other", 1, "started");

    await(journal().purge(List.of(PARTITION, RUN, "nobody|1")));

    assertThat(replay(PARTITION)).isEmpty();
    assertThat(highest(PARTITION)).isZero();
    assertThat(snapshot(PARTITION, MAX)).isEqualTo("none");
    assertThat(replay(RUN)).isEmpty();
    assertThat(highest(RUN)).isZero();
    assertThat(replay("run|other")).containsExactly("1 started");
  }

  @Test
  void beginsAnewUnderAPurgedId() {
    for (var life = 1; life <= 3; life++) {
      append(RUN, 1, "life " + life);
      assertThat(highest(RUN)).isEqualTo(1);
      assertThat(replay(RUN)).containsExactly("1 life " + life);

      await(journal().purge(List.of(RUN)));
      assertThat(highest(RUN)).isZero();
    }
  }

  @Test
  void purgesManyIdsAtOnce() {
    var ids = IntStream.range(0, 10_000).mapToObj(i -> "run|" + Ulid.of(i, i, i)).toList();
    awaitAll(ids.stream().map(id -> journal().append(id, 1, facts("started", "ended"))));

    await(journal().purge(ids.subList(0, 9_999)));

    assertThat(ids.stream().filter(id -> highest(id) > 0)).containsExactly(ids.getLast());
  }

  @Test
  void storesWhatManyWriteAtOnce() {
    var ids = IntStream.range(0, 200).mapToObj(i -> "run|" + i).toList();
    for (var round = 0; round < 20; round++) {
      var first = 1 + round * 2;
      awaitAll(
          ids.stream()
              .map(id -> journal().append(id, first, facts(id + " " + first, id + " again"))));
    }

    for (var id : ids) {
      assertThat(replay(id)).hasSize(40).contains("39 " + id + " 39", "40 " + id + " again");
    }
  }

  private Journal journal() {
    return store.journal();
  }

  private void append(String id, long first, String... facts) {
    await(journal().append(id, first, facts(facts)));
  }

  private void appendNumbers(String id, int first, int count) {
    var facts =
        IntStream.range(first, first + count).mapToObj(String::valueOf).toArray(String[]::new);
    append(id, first, facts);
  }

  private static List<byte[]> facts(String... facts) {
    return Stream.of(facts).map(fact -> fact.getBytes(UTF_8)).toList();
  }

  private static List<String> numbers(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(i -> i + " " + i).toList();
  }

  private List<String> replay(String id) {
    return replay(id, 1, MAX, MAX);
  }

  private List<String> replay(String id, long from, long to, long max) {
    var entries = new ArrayList<String>();
    var highest =
        get(
            journal()
                .replay(
                    id,
                    from,
                    to,
                    max,
                    entry ->
                        entries.add(entry.sequenceNr() + " " + new String(entry.fact(), UTF_8))));
    assertThat(highest).isGreaterThanOrEqualTo(entries.size());
    return entries;
  }

  private long highest(String id) {
    return get(journal().highestSequenceNr(id));
  }

  private void save(String id, long sequenceNr, String state) {
    await(journal().saveSnapshot(id, new Snapshot(sequenceNr, 1, state.getBytes(UTF_8))));
  }

  private String snapshot(String id, long max) {
    return get(journal().loadSnapshot(id, max))
        .map(found -> found.sequenceNr() + " " + new String(found.state(), UTF_8))
        .orElse("none");
  }
}
