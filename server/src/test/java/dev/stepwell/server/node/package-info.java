/** The parts of a node, by themselves. */
@NullMarked
package dev.stepwell.server.node;

import org.jspecify.annotations.NullMarked;
