/** The parts of the command line, by themselves. */
@NullMarked
package dev.stepwell.server.cli;

import org.jspecify.annotations.NullMarked;
