package dev.stepwell.engine;

import java.util.TreeSet;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberLeft;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.MemberUp;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * Has questions and wake-ups repeated at once when nodes come and go: whoever would have answered
 * may be gone. Its questions are every node's own business; for the wake-ups one node calls on all
 * partitions, the oldest. Should that one be gone as well, its removal is another reason, and
 * another node's business. A node that leaves has handed its shards over before it says so: there
 * they lie still until somebody calls.
 */
final class MembershipWatch extends AbstractMatchingBehavior<MemberEvent> {

  private final UniqueAddress self;
  private final Runnable askAgain;
  private final Runnable hurry;
  private final TreeSet<Member> up = new TreeSet<>(Member.ageOrdering());

  private MembershipWatch(ActorContext<MemberEvent> context, Runnable askAgain, Runnable hurry) {
    super(context);
    this.askAgain = askAgain;
    this.hurry = hurry;
    var cluster = Cluster.get(context.getSystem());
    this.self = cluster.selfMember().uniqueAddress();
    cluster.subscriptions().tell(Subscribe.create(context.getSelf(), MemberEvent.class));
  }

  /**
   * A watch.
   *
   * @param askAgain repeats the questions of this node
   * @param hurry has every partition repeat its wake-ups
   */
  static Behavior<MemberEvent> create(Runnable askAgain, Runnable hurry) {
    return Behaviors.setup(context -> new MembershipWatch(context, askAgain, hurry));
  }

  @Override
  public Behavior<MemberEvent> onMessage(MemberEvent event) {
    var uniqueAddress = event.member().uniqueAddress();
    up.removeIf(member -> member.uniqueAddress().equals(uniqueAddress));
    if (event instanceof MemberUp) {
      up.add(event.member());
    }
    if (event instanceof MemberUp
        || event instanceof MemberLeft
        || event instanceof MemberRemoved) {
      askAgain.run();
      if (!up.isEmpty() && up.first().uniqueAddress().equals(self)) {
        hurry.run();
      }
    }
    return this;
  }
}
