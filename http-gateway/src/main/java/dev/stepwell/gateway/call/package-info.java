/** Calls of functions that are elsewhere: what is sent to an application, and what it may send. */
@NullMarked
package dev.stepwell.gateway.call;

import org.jspecify.annotations.NullMarked;
