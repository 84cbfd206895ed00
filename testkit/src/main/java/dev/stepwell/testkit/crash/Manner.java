package dev.stepwell.testkit.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How the process ends at a point, and is started again. */
public enum Manner {
  /** It ends there, and is started again at once. */
  ONCE,
  /** It ends there, and is started again when all that it was to wait for is due. */
  LATE,
  /** It ends there, is started again at once, and ends where it next comes to such a point. */
  TWICE;

  /** Longer than any pause in a tale. */
  private static final Duration LONG = Duration.ofMinutes(75);

  /**
   * The ends of one process after another.
   *
   * @param hit at which of the times that it comes to {@code point} it ends there, from 1
   */
  List<Crash> crashes(CrashPoint point, int hit) {
    var crashes = new ArrayList<Crash>();
    if (point.behind() != point) {
      crashes.add(new Crash(point.behind(), 1, LONG));
    }
    crashes.add(new Crash(point, hit, this == LATE ? LONG : Duration.ZERO));
    if (this == TWICE) {
      crashes.add(new Crash(point, 1, Duration.ZERO));
    }
    return crashes;
  }
}
