/** What is logged and in which form, set up without a file. */
@NullMarked
package dev.stepwell.server.logging;

import org.jspecify.annotations.NullMarked;
