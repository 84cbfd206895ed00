/** Sync: how apps that are called over HTTP tell which functions they have, and are asked to. */
@NullMarked
package dev.stepwell.gateway.apps;

import org.jspecify.annotations.NullMarked;
