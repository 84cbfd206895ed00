/**
 * What crosses the network and the disk: ids, JSON bytes, events, failures, and the primitives of
 * their binary form.
 */
@NullMarked
package dev.stepwell.engine.wire;

import org.jspecify.annotations.NullMarked;
