/** How functions behave, told by stories on a hand-turned clock: what their authors may rely on. */
@NullMarked
package dev.stepwell.testkit.behaviour;

import org.jspecify.annotations.NullMarked;
