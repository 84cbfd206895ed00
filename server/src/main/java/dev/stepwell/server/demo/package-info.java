/** The demo: an order of the examples' shop, watched step by step, and taken up after a crash. */
@NullMarked
package dev.stepwell.server.demo;

import org.jspecify.annotations.NullMarked;
