package dev.stepwell.engine.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The primitives of our binary forms: integers of variable length, UTF-8 and byte strings with a
 * length before them, options with a flag, lists with a count.
 */
public final class Bytes {
  private Bytes() {}

  /**
   * Reads the one value that {@code bytes} hold.
   *
   * @throws IllegalStateException if {@code read} throws it, or does not read all of them
   */
  public static <T> T read(byte[] bytes, Function<Reader, T> read) {
    var in = new Reader(bytes);
    var value = read.apply(in);
    if (in.at < bytes.length) {
      throw in.corrupt("bytes behind the end");
    }
    return value;
  }

  /**
   * Text as it comes back once it has been written. Half a character, a surrogate without its other
   * half, has no UTF-8 form: it becomes a question mark.
   */
  public static String kept(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Appends to a growing buffer. */
  public static final class Writer {
    private byte[] buffer;
    private int size;

    public Writer(int expectedBytes) {
      buffer = new byte[expectedBytes];
    }

    public Writer tag(int value) {
      need(1);
      buffer[size++] = (byte) value;
      return this;
    }

    public Writer flag(boolean value) {
      return tag(value ? 1 : 0);
    }

    /** Any long; small ones of either sign are short. */
    public Writer number(long value) {
      var rest = value << 1 ^ value >> 63;
      need(10);
      while ((rest & ~0x7FL) != 0) {
        buffer[size++] = (byte) (rest & 0x7F | 0x80);
        rest >>>= 7;
      }
      buffer[size++] = (byte) rest;
      return this;
    }

    public Writer ulid(Ulid id) {
      need(16);
      ByteBuffer.wrap(buffer, size, 16).putLong(id.high()).putLong(id.low());
      size += 16;
      return this;
    }

    public Writer text(String value) {
      return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public Writer json(Json value) {
      return bytes(value.utf8());
    }

    public Writer bytes(byte[] value) {
      number(value.length);
      need(value.length);
      System.arraycopy(value, 0, buffer, size, value.length);
      size += value.length;
      return this;
    }

    public <T> Writer optional(Optional<T> value, BiConsumer<Writer, T> each) {
      flag(value.isPresent());
      value.ifPresent(present -> each.accept(this, present));
      return this;
    }

    public <T> Writer list(Iterable<T> values, int count, BiConsumer<Writer, T> each) {
      number(count);
      for (var value : values) {
        each.accept(this, value);
      }
      return this;
    }

    public <T> Writer list(List<T> values, BiConsumer<Writer, T> each) {
      return list(values, values.size(), each);
    }

    public byte[] toBytes() {
      return Arrays.copyOf(buffer, size);
    }

    private void need(int more) {
      if (size + more > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.max(size + more, buffer.length * 2));
      }
    }
  }

  /**
   * Reads what a {@link Writer} wrote. Any reading method throws {@link IllegalStateException} if
   * the bytes end early or make no sense.
   */
  public static final class Reader {
    private final byte[] bytes;
    private int at;

    public Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    public int tag() {
      return next() & 0xFF;
    }

    public boolean flag() {
      return tag() != 0;
    }

    public long number() {
      var value = 0L;
      for (var shift = 0; shift < 64; shift += 7) {
        var next = next();
        value |= (long) (next & 0x7F) << shift;
        if (next >= 0) {
          return value >>> 1 ^ -(value & 1);
        }
      }
      throw corrupt("a number without end");
    }

    public Ulid ulid() {
      var raw = ByteBuffer.wrap(bytes, take(16), 16);
      return new Ulid(raw.getLong(), raw.getLong());
    }

    public String text() {
      var length = length();
      return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    public Json json() {
      return Json.ofUtf8(bytes());
    }

    public byte[] bytes() {
      var length = length();
      var from = take(length);
      return Arrays.copyOfRange(bytes, from, from + length);
    }

    public <T> Optional<T> optional(Function<Reader, T> each) {
      return flag() ? Optional.of(each.apply(this)) : Optional.empty();
    }

    public <T> List<T> list(Function<Reader, T> each) {
      var count = length();
      var values = new ArrayList<T>(Math.min(count, 1024));
      for (var i = 0; i < count; i++) {
        values.add(each.apply(this));
      }
      return values;
    }

    private int length() {
      var length = number();
      if (length < 0 || length > bytes.length) {
        throw corrupt("a length of " + length);
      }
      return (int) length;
    }

    private byte next() {
      return bytes[take(1)];
    }

    private int take(int count) {
      if (count > bytes.length - at) {
        throw corrupt(count + " bytes wanted");
      }
      var from = at;
      at += count;
      return from;
    }

    private IllegalStateException corrupt(String what) {
      return new IllegalStateException(
          "corrupt bytes: " + what + " at " + at + " of " + bytes.length);
    }
  }
}
