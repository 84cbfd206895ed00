/**
 * Questions about runs, and the two things that can be done to one: cancel it, and signal to it.
 */
@NullMarked
package dev.stepwell.gateway.runs;

import org.jspecify.annotations.NullMarked;
