/** A running server, asked over HTTP. */
@NullMarked
package dev.stepwell.server.client;

import org.jspecify.annotations.NullMarked;
