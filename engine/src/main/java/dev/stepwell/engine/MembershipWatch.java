package dev.stepwell.engine;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.MemberUp;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * Has wake-ups repeated at once when nodes come and go: whoever would have answered may be gone.
 */
final class MembershipWatch extends AbstractMatchingBehavior<MemberEvent> {

  private final Runnable hurry;

  private MembershipWatch(ActorContext<MemberEvent> context, Runnable hurry) {
    super(context);
    this.hurry = hurry;
    Cluster.get(context.getSystem())
        .subscriptions()
        .tell(Subscribe.create(context.getSelf(), MemberEvent.class));
  }

  static Behavior<MemberEvent> create(Runnable hurry) {
    return Behaviors.setup(context -> new MembershipWatch(context, hurry));
  }

  @Override
  public Behavior<MemberEvent> onMessage(MemberEvent event) {
    if (event instanceof MemberUp || event instanceof MemberRemoved) {
      hurry.run();
    }
    return this;
  }
}
