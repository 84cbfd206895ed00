package dev.stepwell.server.race;

import java.util.List;

/**
 * What the judge says.
 *
 * @param matched waits that heard an answer
 * @param timedOut waits that heard nothing
 * @param eitherWay of the matched, those that might as well have heard nothing
 * @param latencies of answers to waits that were there already: milliseconds from their acceptance
 *     to the match, shortest first
 * @param delays of waits that heard nothing: milliseconds from their end to the time-out, shortest
 *     first
 * @param violations each a sentence; empty if all waits heard what they must
 */
record Verdict(
    int matched,
    int timedOut,
    int eitherWay,
    List<Long> latencies,
    List<Long> delays,
    List<String> violations) {

  Verdict {
    latencies = List.copyOf(latencies);
    delays = List.copyOf(delays);
    violations = List.copyOf(violations);
  }

  String text(int pairs) {
    return "%d pairs: %d waits matched, %d timed out, %d of the matched either way; %d violations"
            .formatted(pairs, matched, timedOut, eitherWay, violations.size())
        + "; matched after "
        + spread(latencies)
        + "; timed out after "
        + spread(delays);
  }

  private static String spread(List<Long> sorted) {
    return "p50 %d ms, p99 %d ms, at most %d ms"
        .formatted(part(sorted, 0.5), part(sorted, 0.99), part(sorted, 1));
  }

  /** What such a part of all do not exceed; 0 if there are none. */
  private static long part(List<Long> sorted, double part) {
    return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(part * sorted.size()) - 1);
  }
}
