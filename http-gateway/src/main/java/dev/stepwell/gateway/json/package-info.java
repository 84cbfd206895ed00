/**
 * Reads JSON that comes from strangers, refusing what is not text, too deep, doubled or too big;
 * and writes JSON around values that stay as they are.
 */
@NullMarked
package dev.stepwell.gateway.json;

import org.jspecify.annotations.NullMarked;
