/** One node: store, engine and gateway, started in this order and stopped in the other. */
@NullMarked
package dev.stepwell.server.node;

import org.jspecify.annotations.NullMarked;
