/** Durable functions to read before writing your own. */
@NullMarked
package dev.stepwell.examples;

import org.jspecify.annotations.NullMarked;
