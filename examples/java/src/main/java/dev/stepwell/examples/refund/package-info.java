/** A refund that a person decides, or nobody does. */
@NullMarked
package dev.stepwell.examples.refund;

import org.jspecify.annotations.NullMarked;
