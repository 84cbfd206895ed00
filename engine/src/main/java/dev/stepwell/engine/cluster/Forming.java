package dev.stepwell.engine.cluster;

import dev.stepwell.engine.cluster.FormingRules.Decision;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the cluster by contact points, or begins it together with them: see {@link FormingRules}.
 *
 * @param required how many contact points must be reached to begin a cluster; 0 for more than half
 */
public record Forming(ContactPoints contacts, int required) implements Joining {

  private static final Logger LOG = LoggerFactory.getLogger(Forming.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
  private static final long NANOS_PER_MILLI = 1_000_000;

  @Override
  public void join(ActorSystem<?> system) {
    Thread.ofVirtual().name("stepwell-forming").start(() -> tryUntilJoined(system));
  }

  private void tryUntilJoined(ActorSystem<?> system) {
    var cluster = Cluster.get(system);
    var self = cluster.selfMember().address();
    var selfPoint = new HostPort(self.getHost().orElseThrow(), self.getPort().orElseThrow());
    var state = FormingState.NOTHING;
    @Nullable Decision before = null;
    while (!isMember(cluster) && !isOver(system)) {
      var now = System.nanoTime() / NANOS_PER_MILLI;
      state = look(state, selfPoint, now);
      var decision = FormingRules.decide(state, selfPoint, required, now);
      var isNew = !decision.equals(before);
      if (isNew) {
        say(decision);
      }
      // Who was in no cluster a moment ago may be by now, and Pekko asks but once in a long while.
      if (isNew || decision instanceof Decision.Join) {
        follow(cluster, decision, self);
      }
      before = decision;
      if (!pause()) {
        return;
      }
    }
  }

  private static boolean isMember(Cluster cluster) {
    return cluster.selfMember().status() != MemberStatus.removed();
  }

  private static boolean isOver(ActorSystem<?> system) {
    return system.getWhenTerminated().toCompletableFuture().isDone();
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private FormingState look(FormingState state, HostPort self, long now) {
    try {
      var found = contacts.find();
      return state.seen(found, answering(found, self), now);
    } catch (IOException e) {
      LOG.warn("Contact points can't be found at this moment: {}", e.toString());
      return FormingState.NOTHING;
    }
  }

  /** Whether somebody listens there; whether it is a node will be seen by Pekko. */
  private static Set<HostPort> answering(Set<HostPort> found, HostPort self) {
    Set<HostPort> answering = ConcurrentHashMap.newKeySet();
    try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var point : found) {
        if (!point.equals(self)) {
          each.execute(() -> {
            if (listens(point)) {
              answering.add(point);
            }
          });
        }
      }
    }
    return answering;
  }

  private static boolean listens(HostPort point) {
    try (var socket = new Socket()) {
      socket.connect(point.resolve(), (int) CONNECT_WITHIN.toMillis());
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void say(Decision decision) {
    switch (decision) {
      case Decision.Wait(var why) -> LOG.info("Waiting to join a cluster: {}", why);
      case Decision.Join(var others) -> LOG.info("Trying to join the cluster of one of {}", others);
      case Decision.Begin(var others) ->
          LOG.info("Beginning a cluster, unless {} have one", others);
    }
  }

  private static void follow(Cluster cluster, Decision decision, Address self) {
    switch (decision) {
      case Decision.Wait _ -> {}
      case Decision.Join(var others) ->
          cluster.manager().tell(new JoinSeedNodes(addresses(self, others)));
      case Decision.Begin(var others) -> {
        // The first one is to begin, when all others have said that they are in none.
        var seeds = new ArrayList<Address>();
        seeds.add(self);
        seeds.addAll(addresses(self, others));
        cluster.manager().tell(new JoinSeedNodes(seeds));
      }
    }
  }

  private static List<Address> addresses(Address self, List<HostPort> points) {
    return points.stream()
        .map(point -> new Address(self.protocol(), self.system(), point.host(), point.port()))
        .toList();
  }
}
