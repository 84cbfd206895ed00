/** An order: paid, shipped, announced to whoever listens, and undone if the card is declined. */
@NullMarked
package dev.stepwell.examples.order;

import org.jspecify.annotations.NullMarked;
