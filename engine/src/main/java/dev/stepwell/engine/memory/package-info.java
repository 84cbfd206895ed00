/**
 * Every port in memory: for tests, for a server that may forget, and as the model that the other
 * stores are compared with.
 */
@NullMarked
package dev.stepwell.engine.memory;

import org.jspecify.annotations.NullMarked;
