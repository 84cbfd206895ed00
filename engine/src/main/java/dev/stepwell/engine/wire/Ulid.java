package dev.stepwell.engine.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A sortable 128-bit id: 48 bits of Unix milliseconds, then 80 bits of entropy. Its text is 26
 * characters of Crockford's base 32; ids order as their texts do.
 *
 * @param high the milliseconds and the first 16 bits of entropy
 * @param low the other 64 bits of entropy
 */
public record Ulid(long high, long low) implements Comparable<Ulid> {

  private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final byte[] VALUES = values();
  private static final int TEXT_LENGTH = 26;

  public static final long MILLIS_MAX = (1L << 48) - 1;

  /**
   * An id of the given instant and entropy.
   *
   * @param millis 0 to {@link #MILLIS_MAX}
   * @param entropy16 its lower 16 bits count
   */
  public static Ulid of(long millis, long entropy16, long entropy64) {
    if (millis < 0 || millis > MILLIS_MAX) {
      throw new IllegalArgumentException("millis out of range: " + millis);
    }
    return new Ulid(millis << 16 | entropy16 & 0xFFFF, entropy64);
  }

  /**
   * The id that follows from this one and a name, the same wherever it is computed: of this id's
   * instant, its entropy 80 bits of a SHA-256. How a run gets its id from an event and a function.
   */
  public Ulid derive(String name) {
    var digest = sha256();
    digest.update(toBytes());
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    var hash = ByteBuffer.wrap(digest.digest());
    return of(millis(), hash.getLong(), hash.getLong());
  }

  /**
   * Reads the text form, upper or lower case.
   *
   * @throws IllegalArgumentException if {@code text} is not 26 characters of base 32, or overflows
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Ulid parse(String text) {
    if (text.length() != TEXT_LENGTH || text.charAt(0) > '7') {
      throw malformed(text);
    }
    var high = 0L;
    var low = 0L;
    for (var i = 0; i < TEXT_LENGTH; i++) {
      var c = text.charAt(i);
      var value = c < VALUES.length ? VALUES[c] : -1;
      if (value < 0) {
        throw malformed(text);
      }
      high = high << 5 | low >>> 59;
      low = low << 5 | value;
    }
    return new Ulid(high, low);
  }

  public long millis() {
    return high >>> 16;
  }

  /** The 16 bytes, most significant first: they order as ids do when compared unsigned. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  /** A well-mixed hash of all 128 bits, for choosing a shard or partition. */
  public int spread() {
    var mixed = (high ^ Long.rotateLeft(low, 31)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }

  @Override
  public int compareTo(Ulid other) {
    var byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  @JsonValue
  public String toString() {
    var text = new char[TEXT_LENGTH];
    var h = high;
    var l = low;
    for (var i = TEXT_LENGTH - 1; i >= 0; i--) {
      text[i] = DIGITS[(int) (l & 31)];
      l = l >>> 5 | h << 59;
      h >>>= 5;
    }
    return new String(text);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] values() {
    var values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (var i = 0; i < DIGITS.length; i++) {
      values[DIGITS[i]] = (byte) i;
      values[Character.toLowerCase(DIGITS[i])] = (byte) i;
    }
    return values;
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException("not a ULID: '" + text + "'");
  }
}
