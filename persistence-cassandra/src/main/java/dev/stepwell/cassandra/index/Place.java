package dev.stepwell.cassandra.index;

import dev.stepwell.engine.wire.Ulid;

/** A place in a list: lists are in order of an instant and then of id. */
record Place(long millis, Ulid id) implements Comparable<Place> {

  private static final Ulid FIRST_ID = new Ulid(0, 0);

  /** The first place of an instant. */
  static Place first(long millis) {
    return new Place(Math.max(0, millis), FIRST_ID);
  }

  /** Of something that is listed by the instant in its id. */
  static Place of(Ulid id) {
    return new Place(id.millis(), id);
  }

  boolean isFirst() {
    return id.equals(FIRST_ID);
  }

  /** The place right behind this one. */
  Place next() {
    return id.low() != -1
        ? new Place(millis, new Ulid(id.high(), id.low() + 1))
        : id.high() != -1
            ? new Place(millis, new Ulid(id.high() + 1, 0))
            : new Place(millis + 1, FIRST_ID);
  }

  @Override
  public int compareTo(Place other) {
    var byTime = Long.compare(millis, other.millis);
    return byTime != 0 ? byTime : id.compareTo(other.id);
  }
}
