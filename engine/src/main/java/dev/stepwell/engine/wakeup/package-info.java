/**
 * The one reliability mechanism: a wake-up is kept by its source until the run has settled, and
 * repeated meanwhile.
 */
@NullMarked
package dev.stepwell.engine.wakeup;

import org.jspecify.annotations.NullMarked;
