package dev.stepwell.testkit.cassandra;

/** One node for all tests of a JVM, started by the first; each test class has its own keyspace. */
public final class SharedCassandra {

  private SharedCassandra() {}

  /** Starts the node if that has not happened yet. */
  public static CassandraNode node() {
    return Holder.RING.node(0);
  }

  private static final class Holder {
    static final CassandraRing RING = CassandraRing.start(1, CassandraOptions.DEFAULT);
  }
}
