/** The engine's front door: starting it, stopping it, and asking it for things. */
@NullMarked
package dev.stepwell.engine;

import org.jspecify.annotations.NullMarked;
