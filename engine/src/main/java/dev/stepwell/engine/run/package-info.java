/** One run of one function: what it can be asked, what has happened to it, what it is now. */
@NullMarked
package dev.stepwell.engine.run;

import org.jspecify.annotations.NullMarked;
