/**
 * For engines and test kits that implement {@link dev.stepwell.Steps}; not for function authors,
 * and not kept compatible for them.
 */
@NullMarked
package dev.stepwell.spi;

import org.jspecify.annotations.NullMarked;
