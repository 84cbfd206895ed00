/**
 * How many steps of a function may execute at once, for each value of a key. A slot is a lease that
 * its holder renews: whoever falls silent loses it, and nobody else has to clean up.
 */
@NullMarked
package dev.stepwell.engine.flow;

import org.jspecify.annotations.NullMarked;
