package dev.stepwell.testkit.cassandra;

/**
 * Where a node listens, and its place in the ring.
 *
 * @param clientAddress where clients find it: its own address, or that of a proxy on the same port
 */
record NodePlace(String address, String clientAddress, int cqlPort, int storagePort, long token) {}
