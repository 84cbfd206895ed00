/**
 * End to end: events go over HTTP to a node, by a client that costs little, and each figure is one
 * line of JSON beside its ratio to something in the same run.
 */
@NullMarked
package dev.stepwell.benchmarks;

import org.jspecify.annotations.NullMarked;
