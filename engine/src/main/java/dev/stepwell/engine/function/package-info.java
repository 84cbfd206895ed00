/**
 * What is registered: which functions there are, what starts them, and what every node knows of it.
 */
@NullMarked
package dev.stepwell.engine.function;

import org.jspecify.annotations.NullMarked;
