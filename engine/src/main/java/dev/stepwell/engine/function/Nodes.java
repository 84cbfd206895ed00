package dev.stepwell.engine.function;

import java.util.function.IntSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** How many nodes are up, by what this one sees of the cluster. */
final class Nodes {

  private static final String PROVIDER = "pekko.actor.provider";

  private Nodes() {}

  static IntSupplier of(ActorSystem<?> system) {
    if (!system.settings().config().getString(PROVIDER).equals("cluster")) {
      return () -> 1;
    }
    var cluster = Cluster.get(system);
    return () -> {
      var up = 0;
      for (var member : cluster.state().getMembers()) {
        if (member.status() == MemberStatus.up()) {
          up++;
        }
      }
      return up;
    };
  }
}
