package dev.stepwell.engine.cluster;

import dev.stepwell.engine.port.Ownership;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * Lets the cluster go on at once without a node whose process has died: within half a second, where
 * missing heartbeats take seconds. Each node probes all others; whoever finds a death has the
 * member removed and its lease broken, so that its shards can be taken.
 */
public final class CrashWatch extends AbstractMatchingBehavior<CrashWatch.Message> {

  public sealed interface Message {}

  private record Changed(MemberEvent event) implements Message {}

  private record Died(UniqueAddress who) implements Message {}

  private record Broken(UniqueAddress who, Optional<Throwable> failure) implements Message {}

  private final Optional<Ownership> ownership;
  private final Cluster cluster;
  private final Deaths deaths;
  private final Map<UniqueAddress, PortProbe> probes = new HashMap<>();

  private CrashWatch(ActorContext<Message> context, Optional<Ownership> ownership) {
    super(context);
    this.ownership = ownership;
    cluster = Cluster.get(context.getSystem());
    deaths = Deaths.of(context.getSystem().classicSystem());
    var changed = context.messageAdapter(MemberEvent.class, Changed::new);
    cluster.subscriptions().tell(Subscribe.create(changed, MemberEvent.class));
  }

  /**
   * A watch over all other nodes.
   *
   * @param ownership what the dead have owned; empty if the store has no owners
   */
  public static Behavior<Message> create(Optional<Ownership> ownership) {
    return Behaviors.setup(context -> new CrashWatch(context, ownership));
  }

  @Override
  public Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Changed(var event) -> onChange(event);
      case Died(var who) -> onDeath(who);
      case Broken broken -> onBroken(broken);
    }
    return this;
  }

  @Override
  public Behavior<Message> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      probes.values().forEach(PortProbe::stop);
    }
    return this;
  }

  private void onChange(MemberEvent event) {
    var member = event.member();
    if (event instanceof MemberRemoved) {
      var probe = probes.remove(member.uniqueAddress());
      if (probe != null) {
        probe.stop();
      }
      deaths.remove(member.address().toString());
    } else if (!isSelf(member)) {
      probes.computeIfAbsent(member.uniqueAddress(), this::probe);
    }
  }

  private boolean isSelf(Member member) {
    return member.uniqueAddress().equals(cluster.selfMember().uniqueAddress());
  }

  private PortProbe probe(UniqueAddress who) {
    var self = getContext().getSelf();
    return PortProbe.begin(point(who.address()), () -> self.tell(new Died(who)));
  }

  private static HostPort point(Address address) {
    return new HostPort(address.getHost().orElseThrow(), address.getPort().orElseThrow());
  }

  private void onDeath(UniqueAddress who) {
    if (!probes.containsKey(who)) {
      return;
    }
    getContext().getLog().warn("The process of {} has died; going on without it", who.address());
    deaths.add(who.address().toString());
    cluster.manager().tell(new Down(who.address()));
    ownership.ifPresent(owned -> breakLease(owned, who));
  }

  private void breakLease(Ownership owned, UniqueAddress who) {
    getContext()
        .pipeToSelf(
            owned.breakLease(who.toString()),
            (_, failure) -> new Broken(who, Optional.ofNullable(failure)));
  }

  private void onBroken(Broken broken) {
    var log = getContext().getLog();
    var address = broken.who().address();
    broken
        .failure()
        .ifPresentOrElse(
            failure -> log.warn("The lease of {} has to run out by itself", address, failure),
            () -> log.debug("The lease of {} is broken", address));
  }
}
