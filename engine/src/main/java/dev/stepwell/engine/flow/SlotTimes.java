package dev.stepwell.engine.flow;

import java.time.Duration;

/**
 * How long slots take. The same on every node.
 *
 * @param lease a silent holder's slot goes to somebody else after it; at least a second
 * @param idle slots that nobody wants are remembered so long, lest each step costs two writes; at
 *     least as long as a lease
 */
public record SlotTimes(Duration lease, Duration idle) {

  public static final SlotTimes DEFAULT =
      new SlotTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));

  public SlotTimes {
    if (lease.compareTo(Duration.ofSeconds(1)) < 0 || idle.compareTo(lease) < 0) {
      throw new IllegalArgumentException(
          "a slot's lease must be 1 s or more, its idle time not less: " + lease + ", " + idle);
    }
  }
}
