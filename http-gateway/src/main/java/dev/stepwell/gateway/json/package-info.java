/**
 * Reads JSON that comes from strangers: what is not text, too deep, doubled or too big is refused.
 */
@NullMarked
package dev.stepwell.gateway.json;

import org.jspecify.annotations.NullMarked;
