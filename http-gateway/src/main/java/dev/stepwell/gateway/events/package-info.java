/** Event intake: from the bytes of a request to events that the engine has stored. */
@NullMarked
package dev.stepwell.gateway.events;

import org.jspecify.annotations.NullMarked;
