package dev.stepwell.cassandra.owner;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * For how long other processes have not been seen to renew their leases, by this process's own
 * clock. Nobody else's clock counts.
 */
final class Silence {

  /** So many processes that are gone are remembered; whoever was forgotten is looked for again. */
  private static final int GONE_MAX = 1_000;

  /**
   * A lease as it was seen.
   *
   * @param counter goes up with each renewal
   * @param sinceNanos when that counter was first seen
   */
  record Seen(long counter, long sinceNanos) {}

  private final Map<UUID, Seen> alive = new HashMap<>();
  private final Set<UUID> gone = new HashSet<>();

  /** The lease of a process has that counter. */
  void saw(UUID process, long counter, long nowNanos) {
    var known = alive.get(process);
    if (!gone.contains(process) && (known == null || known.counter() != counter)) {
      alive.put(process, new Seen(counter, nowNanos));
    }
  }

  /** The lease of a process does not exist any more; it never will again. */
  void sawGone(UUID process) {
    alive.remove(process);
    if (gone.size() == GONE_MAX) {
      gone.clear();
    }
    gone.add(process);
  }

  /** Those that are not known to be gone. */
  Set<UUID> alive() {
    return Set.copyOf(alive.keySet());
  }

  boolean isGone(UUID process) {
    return gone.contains(process);
  }

  /** The counter that the lease of a process was seen to have; empty if it was never seen. */
  OptionalLong counter(UUID process) {
    var seen = alive.get(process);
    return seen == null ? OptionalLong.empty() : OptionalLong.of(seen.counter());
  }

  /** For how long nothing new was seen of a process; empty if nothing was ever seen. */
  OptionalLong nanos(UUID process, long nowNanos) {
    var seen = alive.get(process);
    return seen == null ? OptionalLong.empty() : OptionalLong.of(nowNanos - seen.sinceNanos());
  }
}
