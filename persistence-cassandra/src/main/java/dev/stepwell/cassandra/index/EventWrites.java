package dev.stepwell.cassandra.index;

import dev.stepwell.cassandra.cql.Mutation;
import dev.stepwell.cassandra.index.Entries.Entry;
import dev.stepwell.engine.port.EventIndex.Row;
import dev.stepwell.engine.wire.Ulid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** What is written for events, none of it with a look at what was there before. */
final class EventWrites {

  private final EventTable table;
  private final EventInstants instants;
  private final UserIds userIds;
  private final Chunks chunks;
  private final Entries entries;

  EventWrites(
      EventTable table, EventInstants instants, UserIds userIds, Chunks chunks, Entries entries) {
    this.table = table;
    this.instants = instants;
    this.userIds = userIds;
    this.chunks = chunks;
    this.entries = entries;
  }

  /** A put that is to be written. */
  static final class Put {

    /** To be written first. */
    final List<Mutation> chunks = new ArrayList<>();

    final List<Mutation> rows = new ArrayList<>();
    final SliceNotes.Write noted;

    Put(SliceNotes.Write noted) {
      this.noted = noted;
    }
  }

  /**
   * Adds a row to a put.
   *
   * @param again whether there may be a row of the same event
   */
  void add(Row row, boolean again, Put put) {
    var event = row.event();
    var place = EventTable.place(row);
    var payload = EventHead.payload(event);
    var chunkKey = EventTable.chunkKey(row, payload);
    chunkKey.ifPresent(key -> put.chunks.addAll(chunks.put(key, payload)));
    put.rows.add(table.put(row, payload, chunkKey));
    put.noted.add(SliceList.EVENTS, place.millis());
    for (var entry : entriesOf(row)) {
      put.rows.add(entries.put(entry));
      put.noted.add(entry.list(), place.millis());
    }
    if (again || !Place.of(event.id()).equals(place)) {
      put.rows.add(instants.put(place));
    }
    if (row.repeatOf().isEmpty()) {
      event.userId().ifPresent(userId -> put.rows.add(userIds.put(userId, event.id())));
    }
  }

  /** The entries that lead to a row. */
  static List<Entry> entriesOf(Row row) {
    var place = EventTable.place(row);
    var name = row.event().name();
    var found = new ArrayList<Entry>(1 + row.matches().size());
    found.add(new Entry(SliceList.ofEvent(name), place));
    for (var match : row.matches()) {
      found.add(new Entry(SliceList.ofMatch(name, match), SliceList.ofMatches(name), place));
    }
    return found;
  }

  /**
   * What deletes rows.
   *
   * @param places where the events are now, which may be elsewhere
   */
  List<Mutation> delete(List<Row> rows, Map<Ulid, Place> places) {
    var write = new ArrayList<Mutation>(4 * rows.size());
    for (var row : rows) {
      var id = row.event().id();
      var there = new HashSet<>(List.of(EventTable.place(row)));
      there.add(places.getOrDefault(id, Place.of(id)));
      // Without an instant it would be a row here that counts, left behind when the event came
      // again.
      there.add(Place.of(id));
      there.forEach(place -> write.add(table.delete(place)));
      write.addAll(instants.delete(id));
      entriesOf(row).forEach(entry -> write.add(entries.delete(entry)));
      EventTable.chunkKey(row, EventHead.payload(row.event()))
          .ifPresent(key -> write.add(chunks.delete(key)));
    }
    return write;
  }
}
