package dev.stepwell.engine.cluster;

import java.util.List;

/**
 * A node of the cluster, as another one sees it.
 *
 * @param address where the others reach it: {@code host:port}
 * @param status in Pekko's words: {@code joining}, {@code up}, {@code leaving}, {@code exiting},
 *     {@code down}
 * @param reachable whether it answers
 * @param oldest of all nodes that are up: it coordinates, and leaves last in a rolling update
 * @param self whether it is the node that was asked
 * @param version of Stepwell on it
 */
public record NodeView(
    String address,
    String status,
    boolean reachable,
    boolean oldest,
    boolean self,
    List<String> roles,
    String version) {

  public NodeView {
    roles = List.copyOf(roles);
  }
}
