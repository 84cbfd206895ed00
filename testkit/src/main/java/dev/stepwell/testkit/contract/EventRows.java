package dev.stepwell.testkit.contract;

import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.port.EventIndex.Row;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rows to put in an index of events. */
final class EventRows {

  private EventRows() {}

  static List<Row> many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> withUserId(row(i, i % 4 == 3 ? "inngest/x" : "n" + i % 4), "user-" + i))
        .toList();
  }

  static Ulid id(long millis) {
    return Ulid.of(millis, 0xFFFF, 0x8000_0000_0000_0001L);
  }

  static Event event(long millis) {
    return row(millis, "a").event();
  }

  static Row row(long millis, String name) {
    var event =
        new Event(
            id(millis),
            Optional.empty(),
            name,
            millis,
            millis,
            Json.of("{\"n\":" + millis + "}"),
            Optional.empty(),
            Optional.empty());
    return new Row(event, List.of(), Optional.empty(), List.of());
  }

  static Row matching(long millis, String name, Match... matches) {
    return new Row(row(millis, name).event(), List.of("f"), Optional.empty(), List.of(matches));
  }

  static Row repeat(Row row, Ulid of) {
    return new Row(row.event(), row.functions(), Optional.of(of), row.matches());
  }

  static Row at(Row row, long receivedAtMillis) {
    return with(row, row.event().userId(), receivedAtMillis);
  }

  static Row withUserId(Row row, String userId) {
    return with(row, Optional.of(userId), row.event().receivedAtMillis());
  }

  private static Row with(Row row, Optional<String> userId, long receivedAtMillis) {
    var old = row.event();
    var event =
        new Event(
            old.id(),
            userId,
            old.name(),
            old.tsMillis(),
            receivedAtMillis,
            old.data(),
            old.user(),
            old.version());
    return new Row(event, row.functions(), row.repeatOf(), row.matches());
  }
}
