/** The cluster around a node: how it finds the others, and what it knows of them. */
@NullMarked
package dev.stepwell.engine.cluster;

import org.jspecify.annotations.NullMarked;
