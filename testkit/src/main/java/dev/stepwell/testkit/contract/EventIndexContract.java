package dev.stepwell.testkit.contract;

import static dev.stepwell.testkit.contract.EventRows.at;
import static dev.stepwell.testkit.contract.EventRows.event;
import static dev.stepwell.testkit.contract.EventRows.id;
import static dev.stepwell.testkit.contract.EventRows.many;
import static dev.stepwell.testkit.contract.EventRows.matching;
import static dev.stepwell.testkit.contract.EventRows.repeat;
import static dev.stepwell.testkit.contract.EventRows.row;
import static dev.stepwell.testkit.contract.EventRows.withUserId;
import static dev.stepwell.testkit.contract.Stages.await;
import static dev.stepwell.testkit.contract.Stages.failure;
import static dev.stepwell.testkit.contract.Stages.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.port.EventIndex.Query;
import dev.stepwell.engine.port.EventIndex.Row;
import dev.stepwell.engine.port.Page;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an {@link EventIndex} does. */
public abstract class EventIndexContract extends PortContract {

  private static final long MAX = Long.MAX_VALUE;
  private static final Query ALL =
      new Query(
          Optional.empty(),
          true,
          OptionalLong.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          1_000);

  private static final Match ORDER_1 = new Match("data.order", "1");
  private static final Match ORDER_2 = new Match("data.order", "2");

  @Test
  void givesARowBackAsItWasPut() {
    var plain = row(1, "a");
    var full =
        new Row(
            new Event(
                id(2),
                Optional.of("user-ä"),
                "shop/order",
                5,
                2,
                Json.of("{\"ä\":1}"),
                Optional.of(Json.of("{\"email\":\"x\"}")),
                Optional.of("v2")),
            List.of("f", "g"),
            Optional.of(id(1)),
            List.of(ORDER_1, ORDER_2));
    put(plain, full);

    assertThat(get(events().get(id(1)))).contains(plain);
    assertThat(get(events().get(id(2)))).contains(full);
    assertThat(get(events().get(id(3)))).isEmpty();
  }

  @Test
  void findsAnEventThatWasNotAcceptedInTheInstantOfItsId() {
    var late = at(row(5, "a"), 9_000);
    var early = at(row(6, "a"), 0);
    put(late, early, row(7, "a"));

    assertThat(get(events().get(id(5)))).contains(late);
    assertThat(get(events().get(id(6)))).contains(early);
    assertThat(list(ALL)).containsExactly(late, row(7, "a"), early);

    await(events().delete(List.of(late)));
    assertThat(get(events().get(id(5)))).isEmpty();
    assertThat(list(ALL)).containsExactly(row(7, "a"), early);
  }

  @Test
  void replacesARowOfTheSameEvent() {
    put(matching(1, "a", ORDER_1));
    var moved = at(matching(1, "b", ORDER_2), 50);
    put(moved);

    assertThat(list(ALL)).containsExactly(moved);
    assertThat(list(named("a"))).isEmpty();
    assertThat(list(named("b"))).containsExactly(moved);
    assertThat(lookBack("a", Optional.of(ORDER_1))).isEmpty();
    assertThat(lookBack("b", Optional.of(ORDER_2))).containsExactly(moved.event());
    assertThat(before(50)).isEmpty();
  }

  @Test
  void takesTheSameRowAnyNumberOfTimes() {
    for (var i = 0; i < 3; i++) {
      put(matching(1, "a", ORDER_1), matching(1, "a", ORDER_1));
    }
    assertThat(list(ALL)).hasSize(1);
    assertThat(lookBack("a", Optional.of(ORDER_1))).hasSize(1);

    await(events().delete(List.of(row(1, "a"))));
    assertThat(list(ALL)).isEmpty();
    assertThat(lookBack("a", Optional.of(ORDER_1))).isEmpty();
  }

  @Test
  void listsTheNewestFirstByNameOrNot() {
    put(row(1, "a"), row(300, "b"), row(20, "a"), row(70_000, "ab"));

    assertThat(list(ALL))
        .containsExactly(row(70_000, "ab"), row(300, "b"), row(20, "a"), row(1, "a"));
    assertThat(list(named("a"))).containsExactly(row(20, "a"), row(1, "a"));
    assertThat(list(named("c"))).isEmpty();
  }

  @Test
  void listsEventsOfOurOwnOnlyIfAsked() {
    put(row(1, "inngest/function.finished"), row(2, "a"), row(3, "inngest.a"));

    assertThat(list(visible(ALL))).containsExactly(row(3, "inngest.a"), row(2, "a"));
    assertThat(list(ALL)).hasSize(3);
    assertThat(list(named("inngest/function.finished"))).hasSize(1);
    assertThat(list(visible(named("inngest/function.finished")))).isEmpty();
  }

  @Test
  void listsEventsFromAnInstantIncludedToAnInstantExcluded() {
    var rows = IntStream.range(0, 100).mapToObj(i -> row(i, "a")).toList();
    await(events().put(rows));

    assertThat(list(between(ALL, 20, 60))).isEqualTo(rows.subList(20, 60).reversed());
    assertThat(list(between(named("a"), 20, 60))).isEqualTo(rows.subList(20, 60).reversed());
    assertThat(list(between(ALL, 60, 60))).isEmpty();
    assertThat(list(between(ALL, 60, 20))).isEmpty();
    assertThat(list(between(ALL, -1, MAX))).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 333, 1_000})
  void pagesThroughAllRowsOnce(int limit) {
    await(events().put(many(1_000)));

    for (var query : List.of(ALL, visible(ALL), named("n1"))) {
      assertThat(walk(limited(query, limit))).isEqualTo(list(query)).isNotEmpty();
    }
  }

  @Test
  void whatWasAddedIsFoundReplacedAndDeletedLikeWhatWasPut() {
    var rows = many(1_000);
    await(events().add(rows.subList(0, 500)));
    await(events().add(rows.subList(500, 1_000)));
    assertThat(list(ALL)).isEqualTo(rows.reversed());
    assertThat(list(named("n1"))).isNotEmpty();

    var moved = row(2_000, "elsewhere");
    await(events().add(List.of(moved)));
    var back = row(2_000, "n1");
    put(back);
    assertThat(list(named("elsewhere"))).isEmpty();
    assertThat(list(named("n1")).getFirst()).isEqualTo(back);

    await(events().delete(rows));
    assertThat(list(ALL)).containsExactly(back);
    assertThat(list(named("n1"))).containsExactly(back);
  }

  @Test
  void pagesOnWhileRowsComeAndGo() {
    var rows = IntStream.range(0, 100).mapToObj(i -> row(i, "a")).toList();
    await(events().put(rows));
    var first = page(limited(ALL, 10));

    await(events().delete(first.items().subList(5, 10)));
    put(row(1_000, "new"));
    var second = page(after(limited(ALL, 10), first.next()));

    assertThat(second.items()).isEqualTo(rows.subList(80, 90).reversed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "e.",
        "e.1",
        "e.x.01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "e.1.x",
        "e.-1.01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "r.01ARZ3NDEKTSV4RRFFQ69G5FAV"
      })
  void refusesACursorFromElsewhere(String cursor) {
    assertThat(failure(events().list(after(ALL, Optional.of(cursor)))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_001})
  void refusesALimitOutOfBounds(int limit) {
    assertThat(failure(events().list(limited(ALL, limit))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsTheUserIdsSeenSinceAnInstant() {
    put(withUserId(row(10, "a"), "x"), withUserId(row(20, "a"), "y"), row(30, "a"));

    assertThat(seen(0, "x", "y", "z")).isEqualTo(Map.of("x", id(10), "y", id(20)));
    assertThat(seen(10, "x", "y")).isEqualTo(Map.of("x", id(10), "y", id(20)));
    assertThat(seen(11, "x", "y")).isEqualTo(Map.of("y", id(20)));
    assertThat(seen(21, "x", "y")).isEmpty();
    assertThat(seen(0)).isEmpty();
    assertThat(seen(0, "")).isEmpty();
  }

  @Test
  void doesNotRememberTheUserIdOfARepeat() {
    put(withUserId(row(10, "a"), "x"), repeat(withUserId(row(20, "a"), "x"), id(10)));
    put(repeat(withUserId(row(30, "a"), "lone"), id(1)));

    assertThat(seen(0, "x", "lone")).isEqualTo(Map.of("x", id(10)));
    assertThat(seen(11, "x")).isEmpty();
    assertThat(list(ALL)).hasSize(3);
  }

  @Test
  void remembersTheNewestEventOfAUserIdInWhateverOrderTheyCome() {
    put(withUserId(row(500, "a"), "x"));
    put(withUserId(row(10, "a"), "x"));

    assertThat(seen(0, "x")).isEqualTo(Map.of("x", id(500)));
    await(events().delete(List.of(withUserId(row(10, "a"), "x"))));
    assertThat(seen(0, "x")).isEqualTo(Map.of("x", id(500)));
  }

  @Test
  void forgetsTheUserIdWithItsEvent() {
    put(withUserId(row(10, "a"), "x"));
    await(events().delete(List.of(withUserId(row(10, "a"), "x"))));
    assertThat(seen(0, "x")).isEmpty();

    put(withUserId(row(20, "a"), "y"));
    put(repeat(withUserId(row(20, "a"), "y"), id(1)));
    assertThat(seen(0, "y")).isEmpty();
  }

  @Test
  void looksBackByNameOldestFirst() {
    put(row(30, "a"), row(10, "a"), row(20, "b"), row(40, "a"), row(25, "aa"));

    assertThat(lookBack("a", Optional.empty())).containsExactly(event(10), event(30), event(40));
    assertThat(get(events().lookBack("a", Optional.empty(), 10, 40, 10)))
        .containsExactly(event(10), event(30));
    assertThat(get(events().lookBack("a", Optional.empty(), 11, 41, 1))).containsExactly(event(30));
    assertThat(lookBack("c", Optional.empty())).isEmpty();
  }

  @Test
  void looksBackByMatchOldestFirst() {
    put(
        matching(30, "a", ORDER_1),
        matching(10, "a", ORDER_1, ORDER_2),
        matching(20, "b", ORDER_1),
        matching(40, "a", ORDER_2),
        row(50, "a"));

    assertThat(ids(lookBack("a", Optional.of(ORDER_1)))).containsExactly(id(10), id(30));
    assertThat(ids(lookBack("a", Optional.of(ORDER_2)))).containsExactly(id(10), id(40));
    assertThat(ids(get(events().lookBack("a", Optional.of(ORDER_1), 11, 31, 10))))
        .containsExactly(id(30));
    assertThat(ids(get(events().lookBack("a", Optional.of(ORDER_1), 0, MAX, 1))))
        .containsExactly(id(10));
    assertThat(lookBack("a", Optional.of(new Match("data.order", "3")))).isEmpty();
    assertThat(lookBack("a", Optional.of(new Match("data.other", "1")))).isEmpty();
  }

  @Test
  void findsEventsAcceptedBeforeAnInstantOldestFirst() {
    put(row(300, "a"), row(20, "inngest/b"), row(1, "a"), row(70_000, "a"));

    assertThat(before(300)).containsExactly(row(1, "a"), row(20, "inngest/b"));
    assertThat(before(MAX))
        .containsExactly(row(1, "a"), row(20, "inngest/b"), row(300, "a"), row(70_000, "a"));
    assertThat(before(1)).isEmpty();
  }

  @Test
  void goesOnBehindAPageThoughItsRowsAreGone() {
    put(row(1, "a"), row(2, "a"), row(3, "a"), row(4, "a"));
    var first = get(events().receivedBefore(MAX, Optional.empty(), 2));
    await(events().delete(first.items()));

    assertThat(first.items()).containsExactly(row(1, "a"), row(2, "a"));
    var second = get(events().receivedBefore(MAX, first.next(), 2));
    assertThat(second.items()).containsExactly(row(3, "a"), row(4, "a"));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void keepsTenThousandRows() {
    var rows = many(10_000);
    await(events().put(rows));
    await(events().delete(rows.subList(1_000, 9_000)));

    assertThat(walk(ALL)).hasSize(2_000);
    assertThat(walk(named("n1")))
        .isEqualTo(walk(ALL).stream().filter(row -> row.event().name().equals("n1")).toList());
    assertThat(seen(0, "user-999", "user-1000", "user-8999", "user-9000"))
        .containsOnlyKeys("user-999", "user-9000");
  }

  private List<Row> before(long millis) {
    var rows = new ArrayList<Row>();
    var after = Optional.<String>empty();
    do {
      var page = get(events().receivedBefore(millis, after, 3));
      rows.addAll(page.items());
      after = page.next();
    } while (after.isPresent());
    return rows;
  }

  private EventIndex events() {
    return store.events();
  }

  private void put(Row... rows) {
    await(events().put(List.of(rows)));
  }

  private Page<Row> page(Query query) {
    return get(events().list(query));
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

  private Map<String, Ulid> seen(long sinceMillis, String... userIds) {
    return get(events().seen(List.of(userIds), sinceMillis));
  }

  private List<Event> lookBack(String name, Optional<Match> match) {
    return get(events().lookBack(name, match, 0, MAX, 1_000));
  }

  private static List<Ulid> ids(List<Event> events) {
    return events.stream().map(Event::id).toList();
  }

  private static Query named(String name) {
    return with(ALL, Optional.of(name), true, Optional.empty(), 1_000);
  }

  private static Query visible(Query query) {
    return with(query, query.name(), false, query.after(), query.limit());
  }

  private static Query limited(Query query, int limit) {
    return with(query, query.name(), query.internal(), query.after(), limit);
  }

  private static Query after(Query query, Optional<String> cursor) {
    return with(query, query.name(), query.internal(), cursor, query.limit());
  }

  private static Query between(Query query, long fromMillis, long untilMillis) {
    return new Query(
        query.name(),
        query.internal(),
        OptionalLong.of(fromMillis),
        OptionalLong.of(untilMillis),
        query.after(),
        query.limit());
  }

  private static Query with(
      Query query, Optional<String> name, boolean internal, Optional<String> after, int limit) {
    return new Query(
        name, internal, query.receivedFromMillis(), query.receivedUntilMillis(), after, limit);
  }
}
