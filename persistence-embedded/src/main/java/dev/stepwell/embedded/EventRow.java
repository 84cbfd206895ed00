package dev.stepwell.embedded;

import static dev.stepwell.embedded.Keys.NOTHING;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepwell.engine.port.Cursor.EventPlace;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.port.EventIndex.Row;
import dev.stepwell.engine.wire.Ulid;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An accepted event and the keys by which it is found. The row itself is in {@link Family#EVENTS}
 * under its place, which is its instant of acceptance and its id; in {@link Family#EVENT_KEYS} are
 *
 * <pre>
 *   I id                 -> the instant; without it, it is the one in the id
 *   N name place         -> nothing
 *   M name match place   -> nothing; the match as 16 bytes of a hash
 *   U user id            -> the place of the newest event with it that is no repeat
 * </pre>
 *
 * <p>Of an event that came again there may be a row at another place, and keys that lead there or
 * to what the row no longer says: readers compare.
 */
final class EventRow {

  private static final byte ROW = 'E';
  private static final byte BY_ID = 'I';
  private static final byte BY_NAME = 'N';
  private static final byte BY_MATCH = 'M';
  private static final byte BY_USER_ID = 'U';
  private static final int HASH_BYTES = 16;

  private EventRow() {}

  static EventPlace place(Row row) {
    return new EventPlace(row.event().receivedAtMillis(), row.event().id());
  }

  static byte[] key(EventPlace place) {
    return at(rows(), place);
  }

  /** The keys that lead to a row's place by what it says. */
  static List<byte[]> keys(Row row) {
    var place = place(row);
    var name = row.event().name();
    var keys = new ArrayList<byte[]>(1 + row.matches().size());
    keys.add(at(byName(name), place));
    for (var match : row.matches()) {
      keys.add(at(byMatch(name, match), place));
    }
    return keys;
  }

  /** The user's id that is remembered with a row. */
  static Optional<String> remembers(Row row) {
    return row.repeatOf().isEmpty() ? row.event().userId() : Optional.empty();
  }

  /** Whether it is this row, at this place, with which a user's id is remembered. */
  static boolean isRemembered(Row row, String userId, EventPlace place) {
    return place(row).equals(place) && remembers(row).equals(Optional.of(userId));
  }

  /** Whether an event's place can't be told from its id. */
  static boolean isOdd(EventPlace place) {
    return place.eventId().millis() != place.receivedAtMillis();
  }

  static byte[] rows() {
    return new byte[] {ROW};
  }

  static boolean isRow(byte[] key) {
    return key[0] == ROW;
  }

  static byte[] oddRows() {
    return new byte[] {BY_ID};
  }

  static byte[] byId(Ulid id) {
    return Keys.after(oddRows()).ulid(id).toBytes();
  }

  static byte[] byName(String name) {
    return Keys.of(BY_NAME).text(name).toBytes();
  }

  static byte[] byMatch(String name, Match match) {
    return Keys.of(BY_MATCH).text(name).raw(hash(match)).toBytes();
  }

  static byte[] byUserId(String userId) {
    return Keys.of(BY_USER_ID).raw(userId.getBytes(UTF_8)).toBytes();
  }

  /** A place among the rows that begin with {@code prefix}. */
  static byte[] at(byte[] prefix, EventPlace place) {
    return Keys.after(prefix).millis(place.receivedAtMillis()).ulid(place.eventId()).toBytes();
  }

  /** The first place of an instant. */
  static byte[] at(byte[] prefix, long millis) {
    return Keys.after(prefix).millis(Math.max(0, millis)).toBytes();
  }

  /** The place at the end of a key, or a place alone. */
  static EventPlace lastPlace(byte[] key) {
    var place = ByteBuffer.wrap(key, key.length - 24, 24);
    return new EventPlace(place.getLong(), new Ulid(place.getLong(), place.getLong()));
  }

  static byte[] encode(EventPlace place) {
    return at(NOTHING, place);
  }

  static byte[] millis(long millis) {
    return at(NOTHING, millis);
  }

  private static byte[] hash(Match match) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(match.path().getBytes(UTF_8));
      digest.update((byte) 0);
      return Arrays.copyOf(digest.digest(match.value().getBytes(UTF_8)), HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
