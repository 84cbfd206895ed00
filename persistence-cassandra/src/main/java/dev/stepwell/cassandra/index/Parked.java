package dev.stepwell.cassandra.index;

import dev.stepwell.engine.port.RunIndex.Row;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Guesses which runs were on the list of the running ones. Most end before they get there, and to
 * take them off it all the same would leave it full of tombstones.
 */
final class Parked {

  private static final int MAX = 50_000;

  /** A run that lived for so long was probably on the list. */
  private static final long LONG_MILLIS = Duration.ofMinutes(1).toMillis();

  /** What this process has put there lately. */
  private final Map<Ulid, Boolean> lately =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Ulid, Boolean> eldest) {
          return size() > MAX;
        }
      };

  synchronized void add(Ulid runId) {
    lately.put(runId, true);
  }

  /**
   * Whether an ended run may be on the list. If it is there though this says no, readers drop it.
   */
  synchronized boolean mayBe(Row ended) {
    return lately.containsKey(ended.runId())
        || ended.endedAtMillis().orElseThrow() - ended.startedAtMillis() > LONG_MILLIS;
  }
}
