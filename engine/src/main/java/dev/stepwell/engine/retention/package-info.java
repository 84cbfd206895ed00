/** Deletes what has been over for long enough, and never what is still alive. */
@NullMarked
package dev.stepwell.engine.retention;

import org.jspecify.annotations.NullMarked;
