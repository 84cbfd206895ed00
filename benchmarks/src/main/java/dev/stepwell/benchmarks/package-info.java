/** Measures the engine, alone and end to end. */
@NullMarked
package dev.stepwell.benchmarks;

import org.jspecify.annotations.NullMarked;
