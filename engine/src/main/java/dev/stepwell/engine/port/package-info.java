/**
 * What the outside must supply: a durable store behind a handful of interfaces, time, and an ear
 * for what happens. The contract tests in {@code testkit} hold every implementation to this
 * Javadoc.
 */
@NullMarked
package dev.stepwell.engine.port;

import org.jspecify.annotations.NullMarked;
