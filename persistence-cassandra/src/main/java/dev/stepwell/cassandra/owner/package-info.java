/**
 * Which process may write for which shard: one lease for each process, one owner for each shard.
 */
@NullMarked
package dev.stepwell.cassandra.owner;

import org.jspecify.annotations.NullMarked;
