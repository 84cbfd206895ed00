/**
 * Timers, runs and events in tables whose partitions are slices of time. Which slices there are is
 * known by a table of its own.
 */
@NullMarked
package dev.stepwell.cassandra.index;

import org.jspecify.annotations.NullMarked;
