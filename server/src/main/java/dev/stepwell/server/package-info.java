/** The program an operator starts: command line, configuration, and the parts wired together. */
@NullMarked
package dev.stepwell.server;

import org.jspecify.annotations.NullMarked;
