package dev.stepwell.cassandra.index;

/**
 * A part of a list.
 *
 * @param from included
 * @param until excluded
 */
record Range(Place from, Place until) {

  static Range ofMillis(long from, long until) {
    return new Range(Place.first(from), Place.first(until));
  }

  /** The part of it before a place. */
  Range before(Place place) {
    return new Range(from, place.compareTo(until) < 0 ? place : until);
  }

  /** The part of it behind a place. */
  Range behind(Place place) {
    var next = place.next();
    return new Range(next.compareTo(from) > 0 ? next : from, until);
  }

  boolean isEmpty() {
    return from.compareTo(until) >= 0;
  }

  /** The last instant that it has a part of. */
  long lastMillis() {
    return until.isFirst() ? until.millis() - 1 : until.millis();
  }

  /** Whether all of a slice is inside. */
  boolean contains(long slice, Slicing slicing) {
    return from.compareTo(Place.first(slice)) <= 0
        && until.compareTo(Place.first(slice + slicing.lengthMillis())) >= 0;
  }
}
