package dev.stepwell.server.crash;

import java.util.List;

/**
 * What the checker says.
 *
 * @param violations of a promise, each a sentence; empty if all were kept
 * @param runs that were listed
 * @param executions of steps' code
 * @param repeatedExecutions of these, the ones whose predecessor a kill had cut off from the store
 */
record Verdict(List<String> violations, int runs, int executions, int repeatedExecutions) {
  Verdict {
    violations = List.copyOf(violations);
  }
}
