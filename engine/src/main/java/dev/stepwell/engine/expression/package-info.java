/**
 * Expressions that users write about events, in the Common Expression Language as Inngest speaks
 * it. The grammar is the library's; what an expression means is ours, because the dialect is
 * milder: what is missing makes no error, and any two values can be compared.
 */
@NullMarked
package dev.stepwell.engine.expression;

import org.jspecify.annotations.NullMarked;
