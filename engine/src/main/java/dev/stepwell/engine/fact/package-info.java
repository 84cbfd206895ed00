/** How facts and states become the bytes that the journal keeps. */
@NullMarked
package dev.stepwell.engine.fact;

import org.jspecify.annotations.NullMarked;
