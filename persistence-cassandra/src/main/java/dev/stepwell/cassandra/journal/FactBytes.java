package dev.stepwell.cassandra.journal;

import dev.stepwell.engine.wire.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts of one append as one string of bytes, which is cut into parts if it is long: Cassandra
 * does not like large values.
 */
final class FactBytes {
  private FactBytes() {}

  /** Of one row at most. */
  static final int PART_BYTES = 256 << 10;

  private static final int FORM = 1;

  static byte[] encode(List<byte[]> facts) {
    var bytes = 0;
    for (var fact : facts) {
      bytes += fact.length + 5;
    }
    return new Bytes.Writer(bytes + 6).tag(FORM).list(facts, Bytes.Writer::bytes).toBytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalStateException if it did not
   */
  static List<byte[]> decode(byte[] bytes) {
    return Bytes.read(
        bytes,
        in -> {
          var form = in.tag();
          if (form != FORM) {
            throw new IllegalStateException("facts in form " + form + ", of a newer version?");
          }
          return in.list(Bytes.Reader::bytes);
        });
  }

  /** Cuts bytes into parts, at least one. */
  static List<ByteBuffer> parts(byte[] bytes) {
    var parts = new ArrayList<ByteBuffer>();
    for (var from = 0; from == 0 || from < bytes.length; from += PART_BYTES) {
      parts.add(ByteBuffer.wrap(bytes, from, Math.min(PART_BYTES, bytes.length - from)).slice());
    }
    return parts;
  }

  /** Puts parts together again. */
  static byte[] join(List<ByteBuffer> parts) {
    var all = ByteBuffer.allocate(parts.stream().mapToInt(ByteBuffer::remaining).sum());
    parts.forEach(part -> all.put(part.duplicate()));
    return all.array();
  }
}
