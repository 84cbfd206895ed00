package dev.stepwell.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.engine.wire.Ulid;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts keys together from parts that order as what they stand for does. Texts have their length
 * before them, so that none is the beginning of another.
 */
final class Keys {

  static final byte[] NOTHING = {};

  private byte[] bytes;
  private int size;

  private Keys() {
    bytes = new byte[48];
  }

  /** A key that begins with {@code tag}, by which one kind of key is told from another. */
  static Keys of(int tag) {
    return new Keys().number(tag);
  }

  static Keys after(byte[] prefix) {
    return new Keys().raw(prefix);
  }

  Keys text(String text) {
    var utf8 = text.getBytes(UTF_8);
    need(Integer.BYTES + utf8.length);
    ByteBuffer.wrap(bytes, size, Integer.BYTES).putInt(utf8.length);
    size += Integer.BYTES;
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
    return this;
  }

  Keys number(int value) {
    need(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** 0 or more. */
  Keys millis(long millis) {
    need(Long.BYTES);
    ByteBuffer.wrap(bytes, size, Long.BYTES).putLong(millis);
    size += Long.BYTES;
    return this;
  }

  Keys ulid(Ulid id) {
    need(2 * Long.BYTES);
    ByteBuffer.wrap(bytes, size, 2 * Long.BYTES).putLong(id.high()).putLong(id.low());
    size += 2 * Long.BYTES;
    return this;
  }

  Keys raw(byte[] part) {
    need(part.length);
    System.arraycopy(part, 0, bytes, size, part.length);
    size += part.length;
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** The first key after all that begin with {@code prefix}. */
  static byte[] end(byte[] prefix) {
    var end = prefix.clone();
    for (var i = end.length - 1; i >= 0; i--) {
      if (++end[i] != 0) {
        return Arrays.copyOf(end, i + 1);
      }
    }
    throw new IllegalArgumentException("nothing comes after " + Arrays.toString(prefix));
  }

  /** The first key after {@code key}. */
  static byte[] next(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  static byte[] earlier(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b) <= 0 ? a : b;
  }

  /** The ULID in the last 16 bytes of a key. */
  static Ulid lastUlid(byte[] key) {
    var id = ByteBuffer.wrap(key, key.length - 2 * Long.BYTES, 2 * Long.BYTES);
    return new Ulid(id.getLong(), id.getLong());
  }

  private void need(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
