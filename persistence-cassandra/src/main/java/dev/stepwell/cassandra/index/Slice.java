package dev.stepwell.cassandra.index;

/**
 * A slice that is not known to be empty.
 *
 * @param from the instant at which it begins
 * @param notedMillis when something was written to it, or somewhat earlier
 */
record Slice(long from, long notedMillis) {}
