/**
 * An event's way in: accepted, stored, recognised when it comes again, and handed to whom it
 * concerns until each of them has settled.
 */
@NullMarked
package dev.stepwell.engine.event;

import org.jspecify.annotations.NullMarked;
