/**
 * The journal on Cassandra: few statements, one writer, and nothing acknowledged that can be lost.
 */
@NullMarked
package dev.stepwell.cassandra.journal;

import org.jspecify.annotations.NullMarked;
