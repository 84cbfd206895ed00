/**
 * What every store must do, as abstract tests: whoever implements the ports extends them, says how
 * its store is opened, and runs them.
 */
@NullMarked
package dev.stepwell.testkit.contract;

import org.jspecify.annotations.NullMarked;
