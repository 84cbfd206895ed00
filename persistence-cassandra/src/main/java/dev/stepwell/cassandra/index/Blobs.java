package dev.stepwell.cassandra.index;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.stepwell.engine.wire.Ulid;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bytes and ids as columns. */
final class Blobs {

  private Blobs() {}

  static ByteBuffer of(Ulid id) {
    return ByteBuffer.wrap(id.toBytes());
  }

  static Ulid ulid(Row row, int column) {
    var bytes = Objects.requireNonNull(row.getByteBuffer(column)).duplicate();
    return new Ulid(bytes.getLong(), bytes.getLong());
  }

  static byte @Nullable [] bytes(Row row, int column) {
    var buffer = row.getByteBuffer(column);
    if (buffer == null) {
      return null;
    }
    var bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
