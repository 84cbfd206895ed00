/** Keeps everything in tables of an Apache Cassandra cluster. */
@NullMarked
package dev.stepwell.cassandra;

import org.jspecify.annotations.NullMarked;
