package dev.stepwell.engine.wait;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Up to where the event log is closed, as far as this partition has heard, and the waits that have
 * ended since: on their behalf it asks, and asks again until it is told.
 */
final class ClosedLog {

  private final LongConsumer close;

  /** By the instants of their ends. */
  private final TreeMap<Long, List<Wait.Id>> waiting = new TreeMap<>();

  private long closedMillis = Long.MIN_VALUE;
  private long askedMillis = Long.MIN_VALUE;

  /**
   * Begins knowing nothing.
   *
   * @param close asks for the log to be closed up to an instant; {@link #closed} follows
   */
  ClosedLog(LongConsumer close) {
    this.close = close;
  }

  /** Whether the log is closed up to a wait's end. If not, asks on the wait's behalf. */
  boolean covers(Wait wait) {
    var until = wait.untilMillis();
    if (until <= closedMillis) {
      return true;
    }
    waiting.computeIfAbsent(until, _ -> new ArrayList<>(1)).add(wait.id());
    if (until > askedMillis) {
      askedMillis = until;
      close.accept(until);
    }
    return false;
  }

  /** Remembers up to where the log is closed, and returns the waits that this was asked for. */
  List<Wait.Id> closed(long untilMillis) {
    closedMillis = Math.max(closedMillis, untilMillis);
    var covered = waiting.headMap(closedMillis, true);
    var ids = covered.values().stream().flatMap(List::stream).toList();
    covered.clear();
    return ids;
  }

  boolean mustRepeat() {
    return !waiting.isEmpty();
  }

  void repeat() {
    if (mustRepeat()) {
      close.accept(waiting.lastKey());
    }
  }
}
