package dev.stepwell.cassandra.index;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.stepwell.cassandra.cql.Cql;
import dev.stepwell.cassandra.cql.Mutation;
import dev.stepwell.cassandra.cql.Reads;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Payloads that are too large for a row, cut into pieces. They are written before the row that
 * leads to them, and deleted with it.
 */
final class Chunks {

  /** What is larger is cut. */
  static final int UNCUT_BYTES_MAX = 256 << 10;

  private static final int CHUNK_BYTES = 512 << 10;

  private final Reads reads;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement select;

  Chunks(Cql cql, Reads reads) {
    this.reads = reads;
    insert = cql.prepareIdempotent("INSERT INTO chunks (key, number, bytes) VALUES (?, ?, ?)");
    delete = cql.prepareIdempotent("DELETE FROM chunks WHERE key = ?");
    select = cql.prepareIdempotent("SELECT bytes FROM chunks WHERE key = ?");
  }

  List<Mutation> put(ChunkKey key, byte[] payload) {
    var mutations = new ArrayList<Mutation>();
    for (var at = 0; at < payload.length; at += CHUNK_BYTES) {
      var length = Math.min(CHUNK_BYTES, payload.length - at);
      var number = at / CHUNK_BYTES;
      mutations.add(
          Mutation.put(
              List.of("chunks", key.bytes()),
              List.of(number),
              insert.bind(key.bytes(), number, ByteBuffer.wrap(payload, at, length)),
              length));
    }
    return mutations;
  }

  Mutation delete(ChunkKey key) {
    return Mutation.delete(List.of("chunks", key.bytes()), List.of(), delete.bind(key.bytes()));
  }

  /** Puts a payload together again; empty if a part of it is missing. */
  Optional<byte[]> read(ChunkKey key, int sizeBytes) {
    var payload = new ByteArrayOutputStream(sizeBytes);
    // A page is a few chunks.
    for (var row : reads.rows(select.bind(key.bytes()).setPageSize(4))) {
      payload.writeBytes(Objects.requireNonNull(Blobs.bytes(row, 0)));
    }
    return payload.size() == sizeBytes ? Optional.of(payload.toByteArray()) : Optional.empty();
  }
}
