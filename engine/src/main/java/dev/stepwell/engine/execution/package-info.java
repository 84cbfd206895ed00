/**
 * Java functions at work: each active run has a virtual thread, on which its function runs again
 * from the first line and finds the recorded steps answered.
 */
@NullMarked
package dev.stepwell.engine.execution;

import org.jspecify.annotations.NullMarked;
