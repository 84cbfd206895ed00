/** Pekko persistence on the {@link dev.stepwell.engine.port.Journal} port. */
@NullMarked
package dev.stepwell.engine.journal;

import org.jspecify.annotations.NullMarked;
