package dev.stepwell.engine;

import java.time.Duration;
import java.util.List;
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
final class MembershipWatch extends AbstractMatchingBehavior<MembershipWatch.Message> {

  sealed interface Message {}

  private record Changed(MemberEvent event) implements Message {}

  private record Again() implements Message {}

  /**
   * When to repeat, after a change. Sharding learns of a death later than we do, and until then
   * sends to the dead what is for their shards.
   */
  private static final List<Duration> AGAIN =
      List.of(
          Duration.ofMillis(100),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3));

  private final UniqueAddress self;
  private final Runnable askAgain;
  private final Runnable hurry;
  private final TreeSet<Member> up = new TreeSet<>(Member.ageOrdering());

  private MembershipWatch(ActorContext<Message> context, Runnable askAgain, Runnable hurry) {
    super(context);
    this.askAgain = askAgain;
    this.hurry = hurry;
    var cluster = Cluster.get(context.getSystem());
    this.self = cluster.selfMember().uniqueAddress();
    var changed = context.messageAdapter(MemberEvent.class, Changed::new);
    cluster.subscriptions().tell(Subscribe.create(changed, MemberEvent.class));
  }

  /**
   * A watch.
   *
   * @param askAgain repeats the questions of this node
   * @param hurry has every partition repeat its wake-ups
   */
  static Behavior<Message> create(Runnable askAgain, Runnable hurry) {
    return Behaviors.setup(context -> new MembershipWatch(context, askAgain, hurry));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Changed(var event) -> onChange(event);
      case Again _ -> call();
    }
    return this;
  }

  private void onChange(MemberEvent event) {
    var uniqueAddress = event.member().uniqueAddress();
    up.removeIf(member -> member.uniqueAddress().equals(uniqueAddress));
    if (event instanceof MemberUp) {
      up.add(event.member());
    }
    if (event instanceof MemberUp
        || event instanceof MemberLeft
        || event instanceof MemberRemoved) {
      call();
      AGAIN.forEach(pause -> getContext().scheduleOnce(pause, getContext().getSelf(), new Again()));
    }
  }

  private void call() {
    askAgain.run();
    if (!up.isEmpty() && up.first().uniqueAddress().equals(self)) {
      hurry.run();
    }
  }
}
