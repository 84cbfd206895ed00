/** Runs durable functions in a test, on a clock that the test turns by hand. */
@NullMarked
package dev.stepwell.testkit;

import org.jspecify.annotations.NullMarked;
