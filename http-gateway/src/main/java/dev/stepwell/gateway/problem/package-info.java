/** Everything that may be wrong with a request, in one table, and how it is said over HTTP. */
@NullMarked
package dev.stepwell.gateway.problem;

import org.jspecify.annotations.NullMarked;
