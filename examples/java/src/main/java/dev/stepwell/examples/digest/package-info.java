/** A report by the clock, on what events have told. */
@NullMarked
package dev.stepwell.examples.digest;

import org.jspecify.annotations.NullMarked;
