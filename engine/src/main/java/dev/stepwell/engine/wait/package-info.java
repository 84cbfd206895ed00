/**
 * Who waits for what: registering a wait so that no event is missed, finding the waits that an
 * event matches, and handing it to their runs until each has settled.
 */
@NullMarked
package dev.stepwell.engine.wait;

import org.jspecify.annotations.NullMarked;
