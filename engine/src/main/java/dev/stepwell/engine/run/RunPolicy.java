package dev.stepwell.engine.run;

/**
 * What a run may do, from its function's definition and the configuration.
 *
 * @param retries of each step, and of each piece of the function's own code; 0 to 20
 * @param retryMillis a constant pause between attempts instead of the usual table; 0 for the table
 * @param stepsMax a run that wants more fails
 * @param clockSkewMillis how far the clocks of two nodes may be apart: a wait takes events which
 *     seem to have come this long before it could have one
 */
public record RunPolicy(int retries, long retryMillis, int stepsMax, long clockSkewMillis) {

  /** Of runs that are not there: no command leads them anywhere. */
  static final RunPolicy NONE = new RunPolicy(0, 0, 0, 0);
}
