package dev.stepwell.cassandra.index;

import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.port.RunStatus;

/**
 * A list that is cut into slices.
 *
 * @param name of the list, by which it is known in the tables
 */
record SliceList(String name, Slicing slicing) {

  static final SliceList RUNS = new SliceList("r", Slicing.BUSY);
  static final SliceList EVENTS = new SliceList("e", Slicing.BUSY);

  /** Ended runs, by their end. */
  static final SliceList ENDS = new SliceList("x", Slicing.BUSY);

  static SliceList timers(int partition) {
    return new SliceList("t/" + partition, Slicing.TIMERS);
  }

  static SliceList ofFunction(String function) {
    return new SliceList("f/" + function, Slicing.BUSY);
  }

  static SliceList ofStatus(RunStatus status) {
    return new SliceList("s/" + status.name(), Slicing.BUSY);
  }

  static SliceList ofEvent(String name) {
    return new SliceList("n/" + name, Slicing.BUSY);
  }

  /** Events of a name by a value that they were put with. The hours are those of all its values. */
  static String ofMatch(String name, Match match) {
    return "m/" + Hash.hex(Hash.of(match.path(), match.value())) + "/" + name;
  }

  /** Events of a name by any value that they were put with: the hours in which there are some. */
  static SliceList ofMatches(String name) {
    return new SliceList("m/" + name, Slicing.SPARSE);
  }
}
