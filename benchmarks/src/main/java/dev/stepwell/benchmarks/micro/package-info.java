/** Measures single pieces of the engine with JMH: rules, codecs and parsers. */
@NullMarked
package dev.stepwell.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
