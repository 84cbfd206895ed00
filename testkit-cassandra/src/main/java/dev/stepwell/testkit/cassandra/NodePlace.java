package dev.stepwell.testkit.cassandra;

/** Where a node listens, and its place in the ring. */
record NodePlace(String address, int cqlPort, int storagePort, long token) {}
