package dev.stepwell.testkit.contract;

import static dev.stepwell.testkit.contract.Stages.await;
import static dev.stepwell.testkit.contract.Stages.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.engine.port.TimerStore.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link TimerStore} does. */
public abstract class TimerStoreContract extends PortContract {

  private static final long MAX = Long.MAX_VALUE;
  private static final int ALL = Integer.MAX_VALUE;

  @Test
  void ordersRowsByInstantAndThenByKey() {
    put(1, row(300, "a"), row(20, "b"), row(20, "a"), row(70_000, "a"), row(0, "z"));

    assertThat(all(1)).containsExactly("0 z", "20 a", "20 b", "300 a", "70000 a");
  }

  @Test
  void ordersKeysByTheirUtf8() {
    put(
        1,
        row(5, "\uD83D\uDE00"),
        row(5, "\uFFFD"),
        row(5, "ä"),
        row(5, "z"),
        row(5, "aa"),
        row(5, "a"));

    assertThat(all(1)).containsExactly("5 a", "5 aa", "5 z", "5 ä", "5 \uFFFD", "5 \uD83D\uDE00");
  }

  @Test
  void givesRowsFromAnInstantIncludedToAnInstantExcluded() {
    put(1, row(10, "a"), row(20, "a"), row(20, "b"), row(30, "a"));

    assertThat(between(1, 10, 30, ALL)).containsExactly("10 a", "20 a", "20 b");
    assertThat(between(1, 11, 31, ALL)).containsExactly("20 a", "20 b", "30 a");
    assertThat(between(1, 0, MAX, 2)).containsExactly("10 a", "20 a");
    assertThat(between(1, 31, MAX, ALL)).isEmpty();
    assertThat(between(1, 20, 20, ALL)).isEmpty();
    assertThat(between(1, 30, 10, ALL)).isEmpty();
  }

  @Test
  void keepsTargetsAsTheyAre() {
    var target = new byte[] {0, -1, 127, 0};
    put(1, new Row(1, "k".repeat(1_024), target), new Row(2, "empty", new byte[0]));

    var rows = get(timers().between(1, 0, MAX, ALL));
    assertThat(rows.getFirst().key()).hasSize(1_024);
    assertThat(rows.getFirst().target()).isEqualTo(target);
    assertThat(rows.getLast().target()).isEmpty();
  }

  @Test
  void replacesARowOfTheSameInstantAndKey() {
    put(1, new Row(5, "a", bytes("old")));
    put(1, new Row(5, "a", bytes("middle")), new Row(5, "a", bytes("new")));

    var rows = get(timers().between(1, 0, MAX, ALL));
    assertThat(rows)
        .singleElement()
        .satisfies(row -> assertThat(row.target()).isEqualTo(bytes("new")));
  }

  @Test
  void keepsPartitionsApart() {
    put(0, row(1, "a"));
    put(1, row(2, "a"), row(3, "a"));
    put(256, row(4, "a"));
    await(timers().delete(1, List.of(row(1, "a"), row(3, "a"))));

    assertThat(all(0)).containsExactly("1 a");
    assertThat(all(1)).containsExactly("2 a");
    assertThat(all(256)).containsExactly("4 a");
    assertThat(next(1, 3)).isEmpty();
  }

  @Test
  void deletesByInstantAndKeyWhateverTheTarget() {
    put(1, row(5, "a"), row(5, "b"), row(6, "a"));

    await(timers().delete(1, List.of(new Row(5, "a", bytes("other")), row(7, "nobody"))));

    assertThat(all(1)).containsExactly("5 b", "6 a");
  }

  @Test
  void knowsTheNextInstant() {
    assertThat(next(1, 0)).isEmpty();
    put(1, row(10, "b"), row(20, "a"));

    assertThat(next(1, 0)).hasValue(10);
    assertThat(next(1, 10)).hasValue(10);
    assertThat(next(1, 11)).hasValue(20);
    assertThat(next(1, 21)).isEmpty();

    await(timers().delete(1, List.of(row(10, "b"))));
    assertThat(next(1, 0)).hasValue(20);
  }

  @Test
  void canPutARowAgainAfterItWasDeleted() {
    for (var i = 0; i < 3; i++) {
      put(1, row(5, "a"));
      assertThat(all(1)).containsExactly("5 a");
      await(timers().delete(1, List.of(row(5, "a"))));
      assertThat(all(1)).isEmpty();
    }
  }

  @Test
  void walksThroughManyRowsPartByPart() {
    var rows = IntStream.range(0, 10_000).mapToObj(i -> row(i / 3, "key-" + i)).toList();
    await(timers().put(1, rows.reversed()));
    await(timers().delete(1, rows.subList(3_000, 6_000)));

    var seen = new ArrayList<String>();
    var from = 0L;
    while (true) {
      var part = get(timers().between(1, from, MAX, 100));
      part.stream()
          .map(TimerStoreContract::text)
          .filter(row -> !seen.contains(row))
          .forEach(seen::add);
      if (part.size() < 100) {
        break;
      }
      from = part.getLast().dueAtMillis();
    }
    assertThat(seen).hasSize(7_000);
    assertThat(next(1, 1_000)).hasValue(2_000);
  }

  private TimerStore timers() {
    return store.timers();
  }

  private void put(int partition, Row... rows) {
    await(timers().put(partition, List.of(rows)));
  }

  private OptionalLong next(int partition, long from) {
    return get(timers().next(partition, from));
  }

  private List<String> all(int partition) {
    return between(partition, 0, MAX, ALL);
  }

  private List<String> between(int partition, long from, long until, int limit) {
    return get(timers().between(partition, from, until, limit)).stream()
        .map(TimerStoreContract::text)
        .toList();
  }

  private static String text(Row row) {
    return row.dueAtMillis() + " " + row.key();
  }

  private static Row row(long dueAtMillis, String key) {
    return new Row(dueAtMillis, key, bytes("target of " + key));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
