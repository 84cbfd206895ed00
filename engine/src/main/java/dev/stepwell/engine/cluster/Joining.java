package dev.stepwell.engine.cluster;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** How a node becomes a member of a cluster. */
@FunctionalInterface
public interface Joining {

  /** Begins to join, and returns at once. */
  void join(ActorSystem<?> system);

  /** A cluster of its own, in which nobody else will ever be. */
  static Joining alone() {
    return system -> {
      var cluster = Cluster.get(system);
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
    };
  }
}
