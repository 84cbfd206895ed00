/** The whole of Stepwell, from its doors, and the rules that its packages keep. */
@NullMarked
package dev.stepwell.server;

import org.jspecify.annotations.NullMarked;
