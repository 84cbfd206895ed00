package dev.stepwell.testkit.contract;

import static dev.stepwell.testkit.contract.Stages.await;
import static dev.stepwell.testkit.contract.Stages.get;

import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.port.Journal;
import dev.stepwell.engine.port.Page;
import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.port.Store;
import dev.stepwell.engine.port.TimerStore;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Things to do to a store, out of few ids and instants, so that they meet often. */
final class RandomOperations {

  /**
   * One of them.
   *
   * @param what it does, for people
   * @param on does it and gives the answer, in a form that can be compared
   */
  record Operation(String what, Function<Store, Object> on) {}

  private static final Object DONE = "done";
  private static final int INSTANTS = 40;

  private final Random random;
  private final Set<String> purged = new HashSet<>();

  RandomOperations(long seed) {
    random = new Random(seed);
  }

  /**
   * The next one.
   *
   * @param model where the highest numbers stand, which an append must follow
   */
  Operation next(Store model) {
    return switch (random.nextInt(4)) {
      case 0 -> journal(model);
      case 1 -> timers();
      case 2 -> runs();
      default -> events();
    };
  }

  private Operation journal(Store model) {
    return random.nextBoolean() ? run(model, "run|" + id()) : kept(model, "partition|" + number(4));
  }

  private Operation run(Store model, String id) {
    var highest = highest(model, id);
    return switch (random.nextInt(9)) {
      case 0 -> answer("highest " + id, it -> it.journal().highestSequenceNr(id));
      default -> anyOf(id, highest);
    };
  }

  private Operation kept(Store model, String id) {
    var highest = highest(model, id);
    var to = random.nextLong(highest + 3);
    return switch (random.nextInt(12)) {
      case 0 -> operation("deleteTo " + id + " " + to, store -> store.journal().deleteTo(id, to));
      case 1 -> {
        var snapshot = new Journal.Snapshot(to, number(9), bytes());
        yield operation("save " + id + snapshot, it -> it.journal().saveSnapshot(id, snapshot));
      }
      case 2 ->
          operation("deleteSnapshots " + id + " " + to, it -> it.journal().deleteSnapshots(id, to));
      case 3 -> answer("highest " + id, it -> it.journal().highestSequenceNr(id));
      case 4 ->
          answer(
              "load " + id + " " + to,
              it -> it.journal().loadSnapshot(id, to),
              found ->
                  found.map(
                      one -> List.of(one.sequenceNr(), one.savedAtMillis(), text(one.state()))));
      default -> anyOf(id, highest);
    };
  }

  private Operation anyOf(String id, long highest) {
    return switch (random.nextInt(7)) {
      case 0, 1 ->
          replay(id, random.nextLong(highest + 2), random.nextLong(highest + 3), number(12));
      case 2 -> number(10) > 0 ? replay(id, 0, Long.MAX_VALUE, Long.MAX_VALUE) : purge(id);
      default -> purged.contains(id) ? replay(id, 0, 9, 9) : append(id, highest + 1);
    };
  }

  private static long highest(Store model, String id) {
    return get(model.journal().highestSequenceNr(id));
  }

  private Operation purge(String id) {
    purged.add(id);
    return operation("purge " + id, store -> store.journal().purge(List.of(id)));
  }

  private Operation append(String id, long first) {
    var facts = some(number(10) == 0 ? 60 : 3, this::bytes);
    return operation(
        "append " + id + " " + first + " x" + facts.size(),
        store -> store.journal().append(id, first, facts));
  }

  private static Operation replay(String id, long from, long to, long max) {
    return new Operation(
        "replay " + id + " " + from + " " + to + " " + max,
        store -> {
          var entries = new ArrayList<String>();
          var last =
              get(
                  store
                      .journal()
                      .replay(
                          id,
                          from,
                          to,
                          max,
                          entry -> entries.add(entry.sequenceNr() + text(entry.fact()))));
          entries.add("of " + last);
          return entries;
        });
  }

  private Operation timers() {
    var partition = number(2);
    var from = instant();
    var until = from + number(20);
    var limit = 1 + number(9);
    var rows = some(5, () -> new TimerStore.Row(instant(), "key" + number(3), bytes()));
    return switch (random.nextInt(4)) {
      case 0 -> operation("delete timers", store -> store.timers().delete(partition, rows));
      case 1 -> answer("next " + from, store -> store.timers().next(partition, from));
      case 2 ->
          answer(
              "between " + from + " " + until + " " + limit,
              store -> store.timers().between(partition, from, until, limit),
              found ->
                  found.stream()
                      .map(row -> List.of(row.dueAtMillis(), row.key(), text(row.target())))
                      .toList());
      default -> operation("put timers", store -> store.timers().put(partition, rows));
    };
  }

  private Operation runs() {
    var rows = some(4, this::run);
    var limit = 1 + number(9);
    var millis = instant();
    return switch (random.nextInt(6)) {
      case 0 -> operation("delete " + rows, store -> store.runs().delete(rows));
      case 1 -> {
        var id = id();
        yield answer("get " + id, store -> store.runs().get(id));
      }
      case 2 -> {
        var query =
            new RunIndex.Query(
                maybe(this::function),
                maybe(this::status),
                maybeInstant(),
                maybeInstant(),
                Optional.empty(),
                limit);
        yield new Operation("list " + query, store -> pages(cursor -> page(store, query, cursor)));
      }
      case 3 ->
          answer(
              "ended before " + millis,
              store -> store.runs().endedBetween(millis / 2, millis, limit));
      default -> operation("put " + rows, store -> store.runs().put(rows));
    };
  }

  private static Page<RunIndex.Row> page(
      Store store, RunIndex.Query query, Optional<String> cursor) {
    return get(
        store
            .runs()
            .list(
                new RunIndex.Query(
                    query.function(),
                    query.status(),
                    query.fromMillis(),
                    query.untilMillis(),
                    cursor,
                    query.limit())));
  }

  private Operation events() {
    var rows = some(4, this::event);
    var limit = 1 + number(9);
    var from = instant();
    var until = from + number(20);
    return switch (random.nextInt(9)) {
      case 0 -> operation("delete " + rows, store -> store.events().delete(rows));
      case 1 -> {
        var id = id();
        yield answer("get " + id, store -> store.events().get(id));
      }
      case 2, 3 -> {
        var query =
            new EventIndex.Query(
                maybe(this::name),
                random.nextBoolean(),
                maybeInstant(),
                maybeInstant(),
                Optional.empty(),
                limit);
        yield new Operation("list " + query, store -> pages(cursor -> page(store, query, cursor)));
      }
      case 4 -> {
        var userIds = some(3, () -> userId(id()));
        yield answer(
            "seen " + userIds + " " + from,
            store -> store.events().seen(userIds, from),
            TreeMap::new);
      }
      case 5 -> {
        var name = name();
        var match = maybe(this::match);
        yield answer(
            "lookBack " + name + match + from + " " + until + " " + limit,
            store -> store.events().lookBack(name, match, from, until, limit));
      }
      case 6 ->
          new Operation(
              "received before " + from,
              store -> pages(cursor -> get(store.events().receivedBefore(from, cursor, limit))));
      default -> operation("put " + rows, store -> store.events().put(rows));
    };
  }

  private static Page<EventIndex.Row> page(
      Store store, EventIndex.Query query, Optional<String> cursor) {
    return get(
        store
            .events()
            .list(
                new EventIndex.Query(
                    query.name(),
                    query.internal(),
                    query.receivedFromMillis(),
                    query.receivedUntilMillis(),
                    cursor,
                    query.limit())));
  }

  /** The items of the first pages. Cursors themselves are each store's own affair. */
  private static <T> List<List<T>> pages(Function<Optional<String>, Page<T>> list) {
    var pages = new ArrayList<List<T>>();
    var cursor = Optional.<String>empty();
    do {
      var page = list.apply(cursor);
      pages.add(page.items());
      cursor = page.next();
    } while (cursor.isPresent() && pages.size() < 4);
    return pages;
  }

  private static Operation operation(String what, Function<Store, CompletionStage<Void>> on) {
    return new Operation(
        what,
        store -> {
          await(on.apply(store));
          return DONE;
        });
  }

  private static <T> Operation answer(String what, Function<Store, CompletionStage<T>> on) {
    return answer(what, on, answer -> answer);
  }

  private static <T> Operation answer(
      String what, Function<Store, CompletionStage<T>> on, Function<T, Object> comparable) {
    return new Operation(what, store -> comparable.apply(get(on.apply(store))));
  }

  private RunIndex.Row run() {
    var status = status();
    return new RunIndex.Row(
        id(),
        function(),
        status,
        id(),
        name(),
        instant(),
        status.ended() ? OptionalLong.of(instant()) : OptionalLong.empty());
  }

  private EventIndex.Row event() {
    var id = id();
    var event =
        new Event(
            id,
            maybe(() -> userId(id)),
            name(),
            instant(),
            number(4) == 0 ? instant() : id.millis(),
            Json.of("{\"n\":" + number(99) + "}"),
            Optional.empty(),
            Optional.empty());
    return new EventIndex.Row(
        event,
        some(2, this::function),
        number(4) == 0 ? Optional.of(id()) : Optional.empty(),
        some(2, this::match));
  }

  private Match match() {
    return new Match("data.path" + number(2), String.valueOf(number(3)));
  }

  private RunStatus status() {
    return List.of(RunStatus.values()).get(number(4));
  }

  private String function() {
    return "function" + number(3);
  }

  private String name() {
    return List.of("a", "ab", "inngest/a").get(number(3));
  }

  /** None belongs to two events: which of them counts when the newest has gone is not said. */
  private static String userId(Ulid event) {
    return "user-" + event;
  }

  private Ulid id() {
    return Ulid.of(instant(), 0, number(2));
  }

  private long instant() {
    return number(INSTANTS);
  }

  private OptionalLong maybeInstant() {
    return number(3) == 0 ? OptionalLong.of(instant()) : OptionalLong.empty();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> List<T> some(int max, Supplier<T> one) {
    return IntStream.rangeClosed(0, number(max)).mapToObj(_ -> one.get()).toList();
  }

  private byte[] bytes() {
    var bytes = new byte[number(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private int number(int bound) {
    return random.nextInt(bound);
  }

  private static String text(byte[] bytes) {
    return Arrays.toString(bytes);
  }
}
