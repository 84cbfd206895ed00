package dev.stepwell.cassandra.index;

import dev.stepwell.engine.port.EventIndex.Row;
import dev.stepwell.engine.wire.Bytes;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import java.util.Optional;

/**
 * An event's row without its payload, which may be large and is read only if it is asked for.
 *
 * @param slim the row with an event that has no payload
 * @param payloadBytes how large that is
 * @param chunks the key of its chunks; empty if it is in the row itself
 */
record EventHead(Place place, Row slim, int payloadBytes, Optional<ChunkKey> chunks) {

  /** The row that a payload belongs to, without it. */
  static Row slim(Row row) {
    return with(row, Json.NULL, Optional.empty());
  }

  /** The bytes of an event's payload: its data, and what its sender says of the user. */
  static byte[] payload(Event event) {
    return new Bytes.Writer(event.data().sizeBytes() + 16)
        .json(event.data())
        .optional(event.user(), Bytes.Writer::json)
        .toBytes();
  }

  /** The whole row. */
  Row with(byte[] payload) {
    var in = new Bytes.Reader(payload);
    var data = in.json();
    return with(slim, data, in.optional(Bytes.Reader::json));
  }

  private static Row with(Row row, Json data, Optional<Json> user) {
    var old = row.event();
    var event =
        new Event(
            old.id(),
            old.userId(),
            old.name(),
            old.tsMillis(),
            old.receivedAtMillis(),
            data,
            user,
            old.version());
    return new Row(event, row.functions(), row.repeatOf(), row.matches());
  }

  /** Whether a user's id is remembered with the event. */
  boolean remembers(String userId) {
    return slim.repeatOf().isEmpty() && slim.event().userId().equals(Optional.of(userId));
  }
}
