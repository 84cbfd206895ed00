package dev.stepwell.engine.event;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;

/** Which partition of the event log an event belongs to. */
public final class EventPartitions {
  private EventPartitions() {}

  /**
   * By the user's id, if there is one, so that a repeat meets its original; else by that part of
   * our id which all events of one request share, so that a request is one write.
   */
  public static int of(Event event, int partitions) {
    var spread =
        event
            .userId()
            .map(EventPartitions::spread)
            .orElseGet(() -> spread(event.id().high(), event.id().low() >>> 32));
    return Math.floorMod(spread, partitions);
  }

  /** Who starts a parked event when its instant has come: anybody can, it is in the index. */
  public static int ofParked(Ulid event, int partitions) {
    return Math.floorMod(event.spread(), partitions);
  }

  private static int spread(String userId) {
    return spread(userId.hashCode(), userId.length());
  }

  private static int spread(long a, long b) {
    var mixed = (a ^ Long.rotateLeft(b, 23)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }
}
