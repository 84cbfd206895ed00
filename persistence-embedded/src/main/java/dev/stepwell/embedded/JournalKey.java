package dev.stepwell.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Keys of facts and snapshots: the persistence id's length in two bytes, the id, the number of
 * significant bytes of the sequence number, and these. No key is the beginning of another id's, the
 * facts of an id lie together in order, and a run's first 255 facts cost two bytes each beyond the
 * id. Sequence numbers begin at 1, so 0 is free for a row about the id itself.
 */
final class JournalKey {

  private static final int LENGTH_BYTES = 2;
  private static final int ID_BYTES_MAX = 65_535;
  private static final int ULID_CHARS = 26;

  private JournalKey() {}

  /** Where the facts of an id are. Runs are told by the ULID at their end. */
  static Family family(String persistenceId) {
    var bar = persistenceId.length() - ULID_CHARS - 1;
    return bar > 0 && persistenceId.charAt(bar) == '|' ? Family.RUN_FACTS : Family.FACTS;
  }

  /**
   * What all keys of an id begin with.
   *
   * @throws IllegalArgumentException if the id has more than 65,535 bytes
   */
  static byte[] prefix(String persistenceId) {
    var id = persistenceId.getBytes(UTF_8);
    if (id.length > ID_BYTES_MAX) {
      throw new IllegalArgumentException("a persistence id of " + id.length + " bytes");
    }
    var prefix = new byte[LENGTH_BYTES + id.length];
    prefix[0] = (byte) (id.length >>> 8);
    prefix[1] = (byte) id.length;
    System.arraycopy(id, 0, prefix, LENGTH_BYTES, id.length);
    return prefix;
  }

  static byte[] of(byte[] prefix, long sequenceNr) {
    var significant = (Long.SIZE + 7 - Long.numberOfLeadingZeros(sequenceNr)) / 8;
    var key = Arrays.copyOf(prefix, prefix.length + 1 + significant);
    key[prefix.length] = (byte) significant;
    var rest = sequenceNr;
    for (var i = key.length - 1; i > prefix.length; i--) {
      key[i] = (byte) rest;
      rest >>>= 8;
    }
    return key;
  }

  /** The key of the row about the id itself. */
  static byte[] head(byte[] prefix) {
    return Arrays.copyOf(prefix, prefix.length + 1);
  }

  /** After all keys of the id, and before those of any other. */
  static byte[] end(byte[] prefix) {
    var end = Arrays.copyOf(prefix, prefix.length + 1);
    end[prefix.length] = (byte) 0xFF;
    return end;
  }

  static long sequenceNr(byte[] prefix, byte[] key) {
    var sequenceNr = 0L;
    for (var i = prefix.length + 1; i < key.length; i++) {
      sequenceNr = sequenceNr << 8 | key[i] & 0xFF;
    }
    return sequenceNr;
  }
}
