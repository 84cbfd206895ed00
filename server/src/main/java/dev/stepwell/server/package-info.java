/** The two ways in: {@code Main} is the command line, {@code Stepwell} a node within a program. */
@NullMarked
package dev.stepwell.server;

import org.jspecify.annotations.NullMarked;
