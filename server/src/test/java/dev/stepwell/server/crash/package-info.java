/**
 * Kills a server again and again while it works, and holds what it did against what it promised.
 * The functions write down what they do in a ledger of their own, which knows nothing of the
 * engine.
 */
@NullMarked
package dev.stepwell.server.crash;

import org.jspecify.annotations.NullMarked;
