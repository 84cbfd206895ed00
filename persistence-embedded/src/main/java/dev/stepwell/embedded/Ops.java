package dev.stepwell.embedded;

import java.util.Arrays;

/**
 * Changes to the database, all or none, in the very form in which RocksDB keeps a write batch in
 * its log. So they are put together on the thread that asks for them, and a group of them crosses
 * into native code at once and not row by row.
 */
final class Ops {

  private static final byte DELETE = 0x4;
  private static final byte PUT = 0x5;
  private static final byte SINGLE_DELETE = 0x8;
  private static final byte DELETE_RANGE = 0xE;

  /** Eight bytes for a sequence number, which RocksDB fills in, and four for the count. */
  private static final int HEADER_BYTES = 12;

  /** One for the operation, five each for the family and two lengths, at most. */
  private static final int OVERHEAD_BYTES = 16;

  private byte[] bytes;
  private int size = HEADER_BYTES;
  private int count;

  /**
   * No changes yet.
   *
   * @param expectedBytes of keys and values; a good guess spares copies
   * @param expectedCount of changes
   */
  Ops(int expectedBytes, int expectedCount) {
    bytes = new byte[HEADER_BYTES + expectedBytes + expectedCount * OVERHEAD_BYTES];
  }

  Ops put(int family, byte[] key, byte[] value) {
    begin(PUT, family, key.length + value.length);
    add(key);
    add(value);
    return this;
  }

  Ops delete(int family, byte[] key) {
    begin(DELETE, family, key.length);
    add(key);
    return this;
  }

  /**
   * Deletes a key that was put exactly once since it was last deleted. Costs less than {@link
   * #delete}: the two annul each other early, and nothing remains to be skipped by readers.
   */
  Ops deleteSingle(int family, byte[] key) {
    begin(SINGLE_DELETE, family, key.length);
    add(key);
    return this;
  }

  /** Deletes the keys from {@code from} (included) to {@code until} (excluded). */
  Ops deleteRange(int family, byte[] from, byte[] until) {
    begin(DELETE_RANGE, family, from.length + until.length);
    add(from);
    add(until);
    return this;
  }

  /** Adds all of {@code other}'s changes after these. */
  void addAll(Ops other) {
    var more = other.size - HEADER_BYTES;
    need(more);
    System.arraycopy(other.bytes, HEADER_BYTES, bytes, size, more);
    size += more;
    count += other.count;
  }

  int count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int sizeBytes() {
    return size;
  }

  /** The changes as RocksDB takes them. */
  byte[] toBatch() {
    var batch = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    for (var i = 0; i < 4; i++) {
      batch[8 + i] = (byte) (count >>> 8 * i);
    }
    return batch;
  }

  private void begin(byte operation, int family, int moreBytes) {
    need(OVERHEAD_BYTES + moreBytes);
    bytes[size++] = operation;
    number(family);
    count++;
  }

  private void add(byte[] part) {
    number(part.length);
    System.arraycopy(part, 0, bytes, size, part.length);
    size += part.length;
  }

  private void number(int value) {
    var rest = value;
    while ((rest & ~0x7F) != 0) {
      bytes[size++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private void need(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
