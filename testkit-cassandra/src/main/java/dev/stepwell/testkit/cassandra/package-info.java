/**
 * Real Cassandra nodes in processes of their own, for tests, benchmarks and rehearsals. Needs a
 * working copy of Stepwell: Maven copies Cassandra's jars into it, and {@code bin/find-jdk} finds
 * the Java that Cassandra runs on.
 */
@NullMarked
package dev.stepwell.testkit.cassandra;

import org.jspecify.annotations.NullMarked;
