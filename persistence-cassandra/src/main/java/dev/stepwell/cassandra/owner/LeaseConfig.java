package dev.stepwell.cassandra.owner;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How long processes trust each other's silence; each is a key of {@code stepwell.cassandra.lease}
 * in {@code reference.conf}.
 *
 * @param lifetime after so long without a renewal a process may lose everything
 * @param renewInterval from one renewal to the next
 * @param margin so long before the end of its lifetime a process does not trust its own lease any
 *     more: what clocks may differ by in a lifetime
 * @param watchInterval how often a process looks at the others' leases
 */
public record LeaseConfig(
    Duration lifetime, Duration renewInterval, Duration margin, Duration watchInterval) {

  private static final String PATH = "stepwell.cassandra.lease";

  public LeaseConfig {
    check(renewInterval.isPositive(), "renew-interval", "must be longer than 0");
    check(margin.isPositive(), "margin", "must be longer than 0");
    check(watchInterval.isPositive(), "watch-interval", "must be longer than 0");
    check(
        lifetime.compareTo(renewInterval.multipliedBy(2).plus(margin)) >= 0,
        "lifetime",
        "must leave room for two renewals and the margin, was " + lifetime);
  }

  /**
   * Reads {@code stepwell.cassandra.lease}.
   *
   * @throws com.typesafe.config.ConfigException if something is missing or has the wrong form
   * @throws IllegalArgumentException if a value is out of its bounds
   */
  public static LeaseConfig of(Config root) {
    var config = root.getConfig(PATH);
    return new LeaseConfig(
        config.getDuration("lifetime"),
        config.getDuration("renew-interval"),
        config.getDuration("margin"),
        config.getDuration("watch-interval"));
  }

  private static void check(boolean good, String key, String what) {
    if (!good) {
      throw new IllegalArgumentException(PATH + "." + key + " " + what);
    }
  }
}
