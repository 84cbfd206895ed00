package dev.stepwell.cassandra.index;

import dev.stepwell.cassandra.cql.Reads;
import dev.stepwell.cassandra.index.SliceWalk.Found;
import dev.stepwell.cassandra.index.SliceWalk.PlaceReader;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.port.EventIndex.Row;
import dev.stepwell.engine.wire.Ulid;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds events that count: not those that were left behind when an event came again. To be used
 * inside a reading.
 */
final class EventReads {

  private final Reads reads;
  private final EventTable table;
  private final EventInstants instants;
  private final Entries entries;
  private final Slices slices;

  EventReads(
      Reads reads, EventTable table, EventInstants instants, Entries entries, Slices slices) {
    this.reads = reads;
    this.table = table;
    this.instants = instants;
    this.entries = entries;
    this.slices = slices;
  }

  /** Where events are, if they are there. */
  Map<Ulid, Place> places(Collection<Ulid> ids) {
    return instants.places(ids);
  }

  /** The heads of events, as far as there are any. */
  Map<Ulid, EventHead> heads(Collection<Ulid> ids) {
    var heads = new HashMap<Ulid, EventHead>();
    table.read(places(ids).values()).forEach((place, head) -> heads.put(place.id(), head));
    return heads;
  }

  /** Heads with their payloads, but for those that were deleted meanwhile. */
  List<Row> complete(List<EventHead> heads) {
    return table.complete(heads);
  }

  /**
   * The events of a range, {@code limit} at most.
   *
   * @param leftBehind is told of rows that do not count any more
   */
  List<EventHead> all(
      Range range,
      boolean up,
      int limit,
      Predicate<EventHead> wanted,
      Consumer<EventHead> leftBehind) {
    return collect(
        SliceList.EVENTS,
        range,
        up,
        limit,
        (slice, part, max) -> counting(rows(slice, part, up, max), wanted, leftBehind));
  }

  private List<EventHead> rows(Slice slice, Range range, boolean up, int limit) {
    var heads = table.read(slice.from(), range, up, limit);
    if (heads.isEmpty() && range.contains(slice.from(), SliceList.EVENTS.slicing())) {
      slices.foundEmpty(SliceList.EVENTS, slice, () -> table.isEmpty(slice.from()));
    }
    return heads;
  }

  private List<Found<EventHead>> counting(
      List<EventHead> heads, Predicate<EventHead> wanted, Consumer<EventHead> leftBehind) {
    var places = places(heads.stream().map(head -> head.place().id()).toList());
    return heads.stream()
        .map(head -> {
          var counts = head.place().equals(places.get(head.place().id()));
          if (!counts) {
            leftBehind.accept(head);
          }
          return new Found<>(
              head.place(), Optional.of(head).filter(it -> counts && wanted.test(it)));
        })
        .toList();
  }

  /** The events of a name in a range, {@code limit} at most. */
  List<EventHead> named(String name, Range range, boolean up, int limit) {
    var list = SliceList.ofEvent(name);
    return collect(
        list,
        range,
        up,
        limit,
        (slice, part, max) ->
            led(entries.read(list, slice, part, up, max), head -> isNamed(head, name)));
  }

  /** The events of a name in a range that were put with a match, the oldest first. */
  List<EventHead> matching(String name, Match match, Range range, int limit) {
    var list = SliceList.ofMatch(name, match);
    return collect(
        SliceList.ofMatches(name),
        range,
        true,
        limit,
        (slice, part, max) ->
            led(
                entries.read(list, slice.from(), part, true, max),
                head -> isNamed(head, name) && head.slim().matches().contains(match)));
  }

  private static boolean isNamed(EventHead head, String name) {
    return head.slim().event().name().equals(name);
  }

  /** What entries lead to, as far as it still says what they say of it. */
  private List<Found<EventHead>> led(List<Place> entries, Predicate<EventHead> wanted) {
    var heads = table.read(entries);
    var places = places(entries.stream().map(Place::id).toList());
    return entries.stream()
        .map(place ->
            new Found<>(
                place,
                Optional.ofNullable(heads.get(place))
                    .filter(head -> place.equals(places.get(place.id())) && wanted.test(head))))
        .toList();
  }

  private List<EventHead> collect(
      SliceList list, Range range, boolean up, int limit, PlaceReader<EventHead> reader) {
    return SliceWalk.collect(
        reads,
        up ? slices.ascending(list, range) : slices.descending(list, range),
        limit,
        (slice, missing) -> SliceWalk.wanted(slice, range, up, missing, reader));
  }
}
