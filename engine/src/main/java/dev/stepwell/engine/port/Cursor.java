package dev.stepwell.engine.port;

import dev.stepwell.engine.wire.Ulid;

/**
 * Where a page of a list ended, as text. It names a place in the order and no row, so it stays good
 * when that row goes.
 */
public final class Cursor {

  private static final String RUN = "r.";
  private static final String EVENT = "e.";

  private Cursor() {}

  /** A place among events, which are in order of acceptance and then of id. */
  public record EventPlace(long receivedAtMillis, Ulid eventId) implements Comparable<EventPlace> {
    @Override
    public int compareTo(EventPlace other) {
      var byTime = Long.compare(receivedAtMillis, other.receivedAtMillis);
      return byTime != 0 ? byTime : eventId.compareTo(other.eventId);
    }
  }

  public static String ofRun(Ulid runId) {
    return RUN + runId;
  }

  /**
   * Reads what {@link #ofRun} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static Ulid toRun(String cursor) {
    return Ulid.parse(after(RUN, cursor));
  }

  public static String ofEvent(EventPlace place) {
    return EVENT + place.receivedAtMillis() + "." + place.eventId();
  }

  /**
   * Reads what {@link #ofEvent} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static EventPlace toEvent(String cursor) {
    var text = after(EVENT, cursor);
    var dot = text.indexOf('.');
    if (dot < 0) {
      throw foreign(cursor);
    }
    // A NumberFormatException is an IllegalArgumentException, and shows what it could not read.
    var receivedAtMillis = Long.parseLong(text.substring(0, dot));
    if (receivedAtMillis < 0) {
      throw foreign(cursor);
    }
    return new EventPlace(receivedAtMillis, Ulid.parse(text.substring(dot + 1)));
  }

  private static String after(String prefix, String cursor) {
    if (!cursor.startsWith(prefix)) {
      throw foreign(cursor);
    }
    return cursor.substring(prefix.length());
  }

  private static IllegalArgumentException foreign(String cursor) {
    return new IllegalArgumentException("not a cursor of this list: '" + cursor + "'");
  }
}
