package dev.stepwell.cassandra.index;

import dev.stepwell.engine.wire.Ulid;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Under what a large payload is kept: made from whom it belongs to and from what it is, so that it
 * is never replaced by another one.
 */
record ChunkKey(ByteBuffer bytes) {

  static ChunkKey of(Ulid owner, byte[] payload) {
    return new ChunkKey(
        ByteBuffer.allocate(32)
            .put(owner.toBytes())
            .put(Hash.of(payload))
            .flip()
            .asReadOnlyBuffer());
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(copy());
  }

  private byte[] copy() {
    var copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
