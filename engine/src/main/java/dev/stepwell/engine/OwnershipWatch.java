package dev.stepwell.engine;

import dev.stepwell.engine.port.Ownership;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node has to do with its lease: it says where it is, so that others can name it, and stops
 * when it can own nothing any more. A fresh start is the way back.
 */
final class OwnershipWatch {

  private static final Logger LOG = LoggerFactory.getLogger(OwnershipWatch.class);

  /** Why a node stops. */
  private static final class Ended implements CoordinatedShutdown.Reason {
    @Override
    public String toString() {
      return "this node's lease has ended";
    }
  }

  private OwnershipWatch() {}

  static void begin(ActorSystem<?> system, Ownership ownership) {
    var address = Cluster.get(system).selfMember().uniqueAddress().toString();
    var _ =
        ownership
            .announce(address)
            .whenComplete((_, failure) -> {
              if (failure != null) {
                LOG.warn("If this node dies, others wait until its lease runs out", failure);
              }
            });
    var _ = ownership.ended().thenAccept(why -> stop(system, why));
  }

  private static void stop(ActorSystem<?> system, String why) {
    LOG.info("This node stops: {}", why);
    var _ = CoordinatedShutdown.get(system).runAll(new Ended());
  }
}
