package dev.stepwell.server.crash;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * What there is to judge by.
 *
 * @param asked by key
 * @param attempted the keys that were sent at all
 * @param acknowledged the keys that certainly arrived
 * @param onlyKills whether a run is cut off by nothing but the end of its process. If not, it may
 *     also be by a write of which nobody knows whether it was stored: then a step whose result was
 *     not may be executed again in the same process.
 */
record Evidence(
    Map<String, Asked> asked,
    Set<String> attempted,
    Set<String> acknowledged,
    List<LedgerLine> ledger,
    List<Seen.Run> runs,
    List<Seen.Event> events,
    boolean onlyKills) {

  /** All there is, once nothing is under way. */
  static Evidence collect(Plan plan, Senders senders, List<LedgerLine> ledger, Collector collector)
      throws InterruptedException, ExecutionException {
    return new Evidence(
        plan.asked(),
        senders.attempted(),
        senders.acknowledged(),
        ledger,
        collector.runs(),
        collector.events(),
        true);
  }

  /** The same, of runs that were cut off in other ways too. */
  Evidence notOnlyKills() {
    return new Evidence(asked, attempted, acknowledged, ledger, runs, events, false);
  }
}
