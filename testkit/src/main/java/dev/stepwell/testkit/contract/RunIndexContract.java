package dev.stepwell.testkit.contract;

import static dev.stepwell.testkit.contract.Stages.await;
import static dev.stepwell.testkit.contract.Stages.failure;
import static dev.stepwell.testkit.contract.Stages.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.Page;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunIndex.Query;
import dev.stepwell.engine.port.RunIndex.Row;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link RunIndex} does. */
public abstract class RunIndexContract extends PortContract {

  private static final Query ALL = query(Optional.empty(), Optional.empty(), 1_000);

  @Test
  void givesARowBackAsItWasPut() {
    var running = running(1, "shop-order");
    var failed = ended(2, "shop-örder/✓", RunStatus.FAILED, 77);
    put(running, failed);

    assertThat(get(runs().get(running.runId()))).contains(running);
    assertThat(get(runs().get(failed.runId()))).contains(failed);
    assertThat(get(runs().get(id(3)))).isEmpty();
  }

  @Test
  void replacesARowByALaterOne() {
    put(running(1, "f"));
    put(ended(1, "f", RunStatus.COMPLETED, 5));
    var last = ended(1, "g", RunStatus.CANCELLED, 6);
    put(last);

    assertThat(list(ALL)).containsExactly(last);
    assertThat(list(byStatus(RunStatus.COMPLETED))).isEmpty();
    assertThat(list(byStatus(RunStatus.RUNNING))).isEmpty();
    assertThat(list(byStatus(RunStatus.CANCELLED))).containsExactly(last);
    assertThat(list(byFunction("f"))).isEmpty();
    assertThat(list(byFunction("g"))).containsExactly(last);
    assertThat(get(runs().endedBetween(0, 100, 10))).containsExactly(last);
  }

  @Test
  void neverReplacesAnEndedRunByARunningOne() {
    var ended = ended(1, "f", RunStatus.FAILED, 5);
    put(ended);
    put(running(1, "f"));
    put(ended(2, "f", RunStatus.COMPLETED, 6), running(2, "f"));

    assertThat(list(ALL)).containsExactly(ended(2, "f", RunStatus.COMPLETED, 6), ended);
    assertThat(list(byStatus(RunStatus.RUNNING))).isEmpty();
  }

  @Test
  void takesTheSameRowAnyNumberOfTimes() {
    for (var i = 0; i < 3; i++) {
      put(running(1, "f"), running(1, "f"));
      put(ended(2, "f", RunStatus.FAILED, 5));
    }

    assertThat(list(ALL)).containsExactly(ended(2, "f", RunStatus.FAILED, 5), running(1, "f"));
    await(runs().delete(List.of(running(1, "f"))));
    assertThat(list(byFunction("f"))).containsExactly(ended(2, "f", RunStatus.FAILED, 5));
    assertThat(list(byStatus(RunStatus.RUNNING))).isEmpty();
  }

  @Test
  void listsTheNewestFirst() {
    put(running(2, "f"), running(300, "f"), running(1, "f"), running(70_000, "f"));

    assertThat(list(ALL))
        .containsExactly(running(70_000, "f"), running(300, "f"), running(2, "f"), running(1, "f"));
  }

  @Test
  void listsRunsOfAFunctionAStatusOrBoth() {
    var rows = many(200);
    await(runs().put(rows));

    for (var function : List.of("f0", "f1", "f", "f10")) {
      assertThat(list(byFunction(function)))
          .isEqualTo(newest(rows, row -> row.function().equals(function)));
      for (var status : RunStatus.values()) {
        assertThat(list(byStatus(status))).isEqualTo(newest(rows, row -> row.status() == status));
        assertThat(list(query(Optional.of(function), Optional.of(status), 1_000)))
            .isEqualTo(
                newest(rows, row -> row.function().equals(function) && row.status() == status));
      }
    }
  }

  @Test
  void listsRunsFromAnInstantIncludedToAnInstantExcluded() {
    var rows = many(100);
    await(runs().put(rows));

    for (var status : List.of(Optional.<RunStatus>empty(), Optional.of(RunStatus.FAILED))) {
      assertThat(list(between(status, OptionalLong.of(20), OptionalLong.of(60))))
          .isEqualTo(
              newest(
                  rows,
                  row ->
                      row.runId().millis() >= 20
                          && row.runId().millis() < 60
                          && status.map(row.status()::equals).orElse(true)));
    }
    assertThat(list(between(Optional.empty(), OptionalLong.of(60), OptionalLong.of(60)))).isEmpty();
    assertThat(list(between(Optional.empty(), OptionalLong.of(90), OptionalLong.of(20)))).isEmpty();
    assertThat(
            list(between(Optional.empty(), OptionalLong.of(-1), OptionalLong.of(Long.MAX_VALUE))))
        .hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 333, 1_000})
  void pagesThroughAllRowsOnce(int limit) {
    var rows = many(1_000);
    await(runs().put(rows));

    for (var query :
        List.of(
            ALL, byFunction("f1"), byStatus(RunStatus.RUNNING), byStatus(RunStatus.COMPLETED))) {
      assertThat(walk(limited(query, limit))).isEqualTo(list(query));
    }
  }

  @Test
  void pagesOnWhileRowsComeAndGo() {
    var rows = many(100);
    await(runs().put(rows));
    var first = page(limited(ALL, 10));

    await(runs().delete(first.items().subList(5, 10)));
    put(running(1_000, "new"));
    await(runs().delete(newest(rows, _ -> true).subList(12, 14)));
    var second = page(after(limited(ALL, 10), first.next()));

    var rest = newest(rows, _ -> true).subList(10, 100);
    assertThat(second.items().subList(0, 2)).isEqualTo(rest.subList(0, 2));
    assertThat(second.items().subList(2, 10)).isEqualTo(rest.subList(4, 12));
  }

  @Test
  void saysThatAListIsAtItsEnd() {
    put(running(1, "f"), running(2, "f"));

    assertThat(page(limited(ALL, 2)).next()).isEmpty();
    var first = page(limited(ALL, 1));
    assertThat(first.next()).isPresent();
    assertThat(page(after(limited(ALL, 1), first.next())).next()).isEmpty();
    await(runs().delete(list(ALL)));
    assertThat(page(after(limited(ALL, 1), first.next())))
        .isEqualTo(new Page<>(List.of(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "r.", "e.1.01ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAV"})
  void refusesACursorFromElsewhere(String cursor) {
    assertThat(failure(runs().list(after(ALL, Optional.of(cursor)))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_001})
  void refusesALimitOutOfBounds(int limit) {
    assertThat(failure(runs().list(limited(ALL, limit))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsRunsThatEndedBetweenTwoInstantsOldestEndFirst() {
    put(
        ended(1, "f", RunStatus.COMPLETED, 300),
        ended(2, "f", RunStatus.FAILED, 20),
        ended(3, "f", RunStatus.CANCELLED, 70_000),
        ended(4, "f", RunStatus.COMPLETED, 20),
        running(5, "f"));

    assertThat(ids(get(runs().endedBetween(0, 300, 10)))).containsExactly(id(2), id(4));
    assertThat(ids(get(runs().endedBetween(0, 301, 10)))).containsExactly(id(2), id(4), id(1));
    assertThat(ids(get(runs().endedBetween(0, Long.MAX_VALUE, 10))))
        .containsExactly(id(2), id(4), id(1), id(3));
    assertThat(ids(get(runs().endedBetween(0, Long.MAX_VALUE, 2)))).containsExactly(id(2), id(4));
    assertThat(get(runs().endedBetween(0, 20, 10))).isEmpty();
    assertThat(ids(get(runs().endedBetween(20, 21, 10)))).containsExactly(id(2), id(4));
    assertThat(ids(get(runs().endedBetween(21, 70_000, 10)))).containsExactly(id(1));
  }

  @Test
  void deletesRowsWhateverTheirStateWhenTheyWereRead() {
    put(running(1, "f"), running(2, "f"), running(3, "f"));
    put(ended(1, "f", RunStatus.FAILED, 5));
    await(runs().delete(List.of(running(1, "f"), running(3, "f"), running(9, "f"))));

    assertThat(list(ALL)).containsExactly(running(2, "f"));
    assertThat(list(byFunction("f"))).containsExactly(running(2, "f"));
    assertThat(list(byStatus(RunStatus.FAILED))).isEmpty();
    assertThat(get(runs().endedBetween(0, Long.MAX_VALUE, 10))).isEmpty();
    assertThat(get(runs().get(id(1)))).isEmpty();

    put(running(1, "f"));
    assertThat(list(byStatus(RunStatus.RUNNING))).containsExactly(running(2, "f"), running(1, "f"));
  }

  @Test
  void keepsTenThousandRows() {
    var rows = many(10_000);
    await(runs().put(rows));
    await(runs().delete(rows.subList(1_000, 9_000)));

    assertThat(walk(ALL)).hasSize(2_000);
    assertThat(walk(byFunction("f1")))
        .isEqualTo(walk(ALL).stream().filter(row -> row.function().equals("f1")).toList());
  }

  private RunIndex runs() {
    return store.runs();
  }

  private void put(Row... rows) {
    await(runs().put(List.of(rows)));
  }

  private Page<Row> page(Query query) {
    return get(runs().list(query));
  }

  private List<Row> list(Query query) {
    return page(query).items();
  }

  private List<Row> walk(Query query) {
    var rows = new ArrayList<Row>();
    var page = page(query);
    rows.addAll(page.items());
    while (page.next().isPresent()) {
      page = page(after(query, page.next()));
      rows.addAll(page.items());
    }
    return rows;
  }

  private static List<Row> many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> {
          var status = List.of(RunStatus.values()).get(i / 3 % 4);
          var function = "f" + i % 3;
          return status.ended() ? ended(i, function, status, 2L * i) : running(i, function);
        })
        .toList();
  }

  private static List<Row> newest(List<Row> oldestFirst, Predicate<Row> wanted) {
    return oldestFirst.reversed().stream().filter(wanted).toList();
  }

  private static List<Ulid> ids(List<Row> rows) {
    return rows.stream().map(Row::runId).toList();
  }

  private static Ulid id(long millis) {
    return Ulid.of(millis, 0, 0xFEDC_BA98_7654_3210L);
  }

  private static Row running(long millis, String function) {
    return new Row(
        id(millis), function, RunStatus.RUNNING, id(0), "shop/order", millis, OptionalLong.empty());
  }

  private static Row ended(long millis, String function, RunStatus status, long endedAtMillis) {
    return new Row(
        id(millis), function, status, id(0), "shop/order", millis, OptionalLong.of(endedAtMillis));
  }

  private static Query query(Optional<String> function, Optional<RunStatus> status, int limit) {
    return new Query(
        function, status, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), limit);
  }

  private static Query byFunction(String function) {
    return query(Optional.of(function), Optional.empty(), 1_000);
  }

  private static Query byStatus(RunStatus status) {
    return query(Optional.empty(), Optional.of(status), 1_000);
  }

  private static Query between(
      Optional<RunStatus> status, OptionalLong fromMillis, OptionalLong untilMillis) {
    return new Query(Optional.empty(), status, fromMillis, untilMillis, Optional.empty(), 1_000);
  }

  private static Query limited(Query query, int limit) {
    return new Query(
        query.function(),
        query.status(),
        query.fromMillis(),
        query.untilMillis(),
        query.after(),
        limit);
  }

  private static Query after(Query query, Optional<String> cursor) {
    return new Query(
        query.function(),
        query.status(),
        query.fromMillis(),
        query.untilMillis(),
        cursor,
        query.limit());
  }
}
