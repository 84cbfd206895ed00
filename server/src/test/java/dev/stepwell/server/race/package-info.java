/**
 * Sends events at the very moment at which waits for them begin or end, to a node with a real clock
 * and a real store, and holds what became of them against the instants that the node itself shows.
 */
@NullMarked
package dev.stepwell.server.race;

import org.jspecify.annotations.NullMarked;
