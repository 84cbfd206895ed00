package dev.stepwell.cassandra.index;

import dev.stepwell.cassandra.cql.Reads;
import dev.stepwell.cassandra.index.Entries.Entry;
import dev.stepwell.engine.port.EventIndex.Row;

/** Tidies up behind events that are gone. */
final class EventDeletions {

  private final Reads reads;
  private final EventTable table;
  private final Entries entries;
  private final Slices slices;

  EventDeletions(Reads reads, EventTable table, Entries entries, Slices slices) {
    this.reads = reads;
    this.table = table;
    this.entries = entries;
    this.slices = slices;
  }

  /** A row was deleted, and what led to it. */
  void deleted(Row row) {
    var name = row.event().name();
    var place = EventTable.place(row);
    var slice = SliceList.EVENTS.slicing().of(place.millis());
    slices.deletedFrom(SliceList.EVENTS, slice, () -> table.isEmpty(slice));
    entries.deleted(new Entry(SliceList.ofEvent(name), place));
    if (!row.matches().isEmpty()) {
      var matches = SliceList.ofMatches(name);
      var hour = matches.slicing().of(place.millis());
      slices.deletedFrom(matches, hour, () -> isNameless(name, hour));
    }
  }

  /** Whether no event of a name is left in an hour, and so none with a match. */
  private boolean isNameless(String name, long hour) {
    var list = SliceList.ofEvent(name);
    var range = Range.ofMillis(hour, hour + Slicing.SPARSE.lengthMillis());
    return SliceWalk.collect(
            reads,
            slices.ascending(list, range),
            1,
            (slice, _) -> entries.read(list, slice, range, true, 1))
        .isEmpty();
  }

  /** Drops before long a row that was left behind when its event came again. */
  void leftBehind(EventHead head) {
    slices.later(
        head.place(),
        asOf -> {
          reads.send(table.drop(head.place(), asOf));
          EventWrites.entriesOf(head.slim()).forEach(entries::forget);
        });
  }
}
