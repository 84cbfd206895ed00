package dev.stepwell.cassandra.index;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.cql.Mutation;
import dev.stepwell.cassandra.cql.Reads;
import dev.stepwell.engine.port.EventIndex.Row;
import dev.stepwell.engine.port.EventRowCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The rows of events, by the instant of their acceptance. */
final class EventTable {

  private static final Slicing SLICING = SliceList.EVENTS.slicing();
  private static final String HEAD = "SELECT at, id, head, size, chunks FROM events";
  private static final String PLACES = " WHERE slice = ? AND (at, id) IN ?";

  /** Payloads that are read at once, of {@link Chunks#UNCUT_BYTES_MAX} at most each. */
  private static final int PAYLOADS = 16;

  private final Reads reads;
  private final Chunks chunks;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement drop;
  private final PreparedStatement ascending;
  private final PreparedStatement descending;
  private final PreparedStatement heads;
  private final PreparedStatement bodies;

  EventTable(Cql cql, Reads reads, Chunks chunks) {
    this.reads = reads;
    this.chunks = chunks;
    insert =
        cql.prepareIdempotent(
            "INSERT INTO events (slice, at, id, head, size, body, chunks) VALUES (?, ?, ?, ?, ?, ?, ?)");
    var where = " WHERE slice = ? AND at = ? AND id = ?";
    delete = cql.prepareIdempotent("DELETE FROM events" + where);
    drop = cql.prepareIdempotent("DELETE FROM events USING TIMESTAMP ?" + where);
    ascending = cql.prepareIdempotent(HEAD + Bounds.RANGE + " ORDER BY at ASC LIMIT ?");
    descending = cql.prepareIdempotent(HEAD + Bounds.RANGE + " ORDER BY at DESC LIMIT ?");
    heads = cql.prepareIdempotent(HEAD + PLACES);
    bodies = cql.prepareIdempotent("SELECT at, id, body FROM events" + PLACES);
  }

  static Place place(Row row) {
    return new Place(row.event().receivedAtMillis(), row.event().id());
  }

  /** The key of a row's chunks, if its payload is so large. */
  static Optional<ChunkKey> chunkKey(Row row, byte[] payload) {
    return payload.length > Chunks.UNCUT_BYTES_MAX
        ? Optional.of(ChunkKey.of(row.event().id(), payload))
        : Optional.empty();
  }

  Mutation put(Row row, byte[] payload, Optional<ChunkKey> chunkKey) {
    var place = place(row);
    var head = EventRowCodec.encode(EventHead.slim(row));
    return Mutation.put(
        partition(place),
        List.of(place),
        insert
            .boundStatementBuilder(
                SLICING.of(place.millis()),
                place.millis(),
                Blobs.of(place.id()),
                ByteBuffer.wrap(head),
                payload.length)
            .setByteBuffer(5, chunkKey.isPresent() ? null : ByteBuffer.wrap(payload))
            .setByteBuffer(6, chunkKey.map(ChunkKey::bytes).orElse(null))
            .build(),
        head.length + payload.length);
  }

  Mutation delete(Place place) {
    return Mutation.delete(
        partition(place),
        List.of(place),
        delete.bind(SLICING.of(place.millis()), place.millis(), Blobs.of(place.id())));
  }

  /** Deletes what was there as of some microsecond. To be sent inside a reading. */
  Statement<?> drop(Place place, long asOf) {
    return drop.bind(asOf, SLICING.of(place.millis()), place.millis(), Blobs.of(place.id()));
  }

  private static List<?> partition(Place place) {
    return List.of("events", SLICING.of(place.millis()));
  }

  /** Heads of a slice in a range. To be called inside a reading, as all below. */
  List<EventHead> read(long slice, Range range, boolean up, int limit) {
    var statement =
        (up ? ascending : descending)
            .boundStatementBuilder(Bounds.values(slice, range))
            .setInt(5, limit)
            .setPageSize(Bounds.PAGE)
            .build();
    return heads(statement);
  }

  boolean isEmpty(long slice) {
    return read(slice, Range.ofMillis(slice, slice + SLICING.lengthMillis()), true, 1).isEmpty();
  }

  /** The heads at some places, as far as there are any. */
  Map<Place, EventHead> read(Iterable<Place> places) {
    var readings = new ArrayList<Supplier<List<EventHead>>>();
    for (var part : Bounds.bySlice(places, SLICING, Bounds.PLACES_MAX)) {
      readings.add(() -> heads(heads.bind(part.slice(), Bounds.tuples(part.places()))));
    }
    var found = new HashMap<Place, EventHead>();
    reads.together(readings).forEach(some -> some.forEach(head -> found.put(head.place(), head)));
    return found;
  }

  private List<EventHead> heads(Statement<?> statement) {
    var found = new ArrayList<EventHead>();
    for (var row : reads.rows(statement)) {
      found.add(
          new EventHead(
              new Place(row.getLong(0), Blobs.ulid(row, 1)),
              EventRowCodec.decode(Objects.requireNonNull(Blobs.bytes(row, 2))),
              row.getInt(3),
              Optional.ofNullable(row.getByteBuffer(4)).map(ChunkKey::new)));
    }
    return found;
  }

  /** The whole rows of heads, but for those that were deleted meanwhile. */
  List<Row> complete(List<EventHead> heads) {
    var readings = new ArrayList<Supplier<Map<Place, byte[]>>>();
    var uncut = heads.stream().filter(head -> head.chunks().isEmpty()).map(EventHead::place);
    for (var part : Bounds.bySlice(uncut.toList(), SLICING, PAYLOADS)) {
      readings.add(() -> bodies(part));
    }
    for (var head : heads) {
      head.chunks().ifPresent(key -> readings.add(() -> chunks(head, key)));
    }
    var payloads = new HashMap<Place, byte[]>();
    reads.together(readings).forEach(payloads::putAll);
    return heads.stream()
        .filter(head -> payloads.containsKey(head.place()))
        .map(head -> head.with(Objects.requireNonNull(payloads.get(head.place()))))
        .toList();
  }

  private Map<Place, byte[]> bodies(Bounds.Part part) {
    var payloads = new HashMap<Place, byte[]>();
    for (var row : reads.rows(bodies.bind(part.slice(), Bounds.tuples(part.places())))) {
      var place = new Place(row.getLong(0), Blobs.ulid(row, 1));
      payloads.put(place, Objects.requireNonNull(Blobs.bytes(row, 2)));
    }
    return payloads;
  }

  private Map<Place, byte[]> chunks(EventHead head, ChunkKey key) {
    return chunks
        .read(key, head.payloadBytes())
        .map(payload -> Map.of(head.place(), payload))
        .orElse(Map.of());
  }
}
