/** Translates between HTTP and the engine, and decides nothing itself. */
@NullMarked
package dev.stepwell.gateway;

import org.jspecify.annotations.NullMarked;
