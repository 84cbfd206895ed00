/** The command line: one class for each command, and what they share. */
@NullMarked
package dev.stepwell.server.cli;

import org.jspecify.annotations.NullMarked;
