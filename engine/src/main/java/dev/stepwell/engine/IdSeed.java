package dev.stepwell.engine;

import dev.stepwell.engine.wire.Ulid;
import java.nio.ByteBuffer;

/**
 * From what the ids of one request's events are made, so that a repeat of the request gets the same
 * ids.
 *
 * @param millis the instant in the ids
 * @param entropy exactly 10 bytes
 */
public record IdSeed(long millis, byte[] entropy) {

  public static final int ENTROPY_BYTES = 10;

  public IdSeed {
    if (entropy.length != ENTROPY_BYTES || millis < 0 || millis > Ulid.MILLIS_MAX) {
      throw new IllegalArgumentException("a seed needs 10 bytes and an instant of 48 bits");
    }
  }

  /**
   * The id of one event: the last four bytes of entropy, as a big-endian number, plus its place.
   *
   * @param place counted from 1
   */
  public Ulid id(int place) {
    var raw = ByteBuffer.wrap(entropy);
    var first16 = raw.getShort(0);
    var next32 = raw.getInt(2);
    var last32 = raw.getInt(6) + place;
    return Ulid.of(millis, first16, (long) next32 << 32 | last32 & 0xFFFFFFFFL);
  }
}
