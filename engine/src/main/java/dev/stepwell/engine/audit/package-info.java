/** Whether what a store holds is what must hold: looked at from outside, after the fact. */
@NullMarked
package dev.stepwell.engine.audit;

import org.jspecify.annotations.NullMarked;
