/**
 * Ends the engine's process at every named point of a run's life, on any store, and holds what is
 * found in the end against what the code of steps wrote down.
 */
@NullMarked
package dev.stepwell.testkit.crash;

import org.jspecify.annotations.NullMarked;
