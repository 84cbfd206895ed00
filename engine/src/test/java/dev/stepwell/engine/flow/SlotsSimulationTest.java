package dev.stepwell.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.flow.Claims.Send;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The slots of one key and the nodes that claim them, over a network that loses, doubles and
 * reorders, with clocks that differ, while either side crashes.
 */
class SlotsSimulationTest {

  private static final int SEEDS = 2_000;
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final int WAITING_MAX = 4;
  private static final long HEALED_MILLIS = 200_000;
  private static final long FAULTS_MILLIS = 40_000;

  @Test
  void theLimitHoldsAndEverybodyGetsASlotInTheEnd() {
    var grants = 0L;
    for (var seed = 0; seed < SEEDS; seed++) {
      grants += new World(seed).run();
    }
    assertThat(grants).as("the simulation simulates").isGreaterThan(SEEDS * 10L);
  }

  /** A clock of its own: another hour, and a little faster or slower. */
  private record Clock(long offsetMillis, double rate) {
    static Clock any(Random random) {
      return new Clock(random.nextLong(7_200_000), 0.98 + random.nextDouble() * 0.04);
    }

    Instant at(double now) {
      return Instant.ofEpochMilli(offsetMillis + (long) (now * rate));
    }

    double realTimeOf(Instant instant) {
      return (instant.toEpochMilli() + 1 - offsetMillis) / rate + 0.001;
    }
  }

  private record Event(double at, long order, Runnable run) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      var byTime = Double.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private static final class Step {}

  private static final class World {
    private final int seed;
    private final Random random;
    private final int limit;
    private final int calmMillis;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Server server = new Server();
    private long order;
    private long grants;
    private boolean faulty = true;
    private double now;

    World(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.limit = 1 + random.nextInt(3);
      this.calmMillis = 5_000 + random.nextInt(60_000);
      for (var i = 0; i < 1 + random.nextInt(4); i++) {
        nodes.add(new Node(i));
      }
    }

    long run() {
      server.start();
      nodes.forEach(node -> in(random.nextInt(1_000), node::use));
      in(random.nextInt(calmMillis), server::crashOrClose);
      runUntil(FAULTS_MILLIS);
      faulty = false;
      runUntil(FAULTS_MILLIS + HEALED_MILLIS);
      nodes.forEach(node -> assertThat(node.waiting).as("never granted, seed %d", seed).isEmpty());
      return grants;
    }

    private void runUntil(double until) {
      while (!events.isEmpty() && events.peek().at() <= until && !isDone()) {
        var next = events.poll();
        now = Math.max(now, next.at());
        next.run().run();
        assertThat(nodes.stream().mapToInt(Node::held).sum())
            .as("slots believed to be held at %s, seed %d", now, seed)
            .isLessThanOrEqualTo(limit);
      }
    }

    private boolean isDone() {
      return !faulty && nodes.stream().allMatch(node -> node.waiting.isEmpty());
    }

    private void in(double millis, Runnable run) {
      events.add(new Event(now + millis, order++, run));
    }

    /** Takes a message from or to a node. */
    private void travel(Node node, Runnable arrive) {
      var copies = !faulty ? 1 : random.nextInt(10) == 0 ? 0 : random.nextInt(10) == 0 ? 2 : 1;
      for (var i = 0; i < copies; i++) {
        var slow = faulty && random.nextInt(20) == 0;
        var cut = Math.max(0, node.cutUntil - now);
        in(cut + 1 + random.nextInt(slow ? (int) (3 * LEASE.toMillis()) : 20), arrive);
      }
    }

    /** The one actor of the key, in its many lives. */
    private final class Server {
      private SlotState<Node> slots = SlotState.emptyFrom(Instant.MAX);
      private Clock clock = new Clock(0, 1);
      private boolean open;
      private boolean up;

      void start() {
        clock = Clock.any(random);
        up = true;
        slots = SlotState.emptyFrom(open ? clock.at(now).plus(LEASE) : clock.at(now));
        pass();
      }

      void crashOrClose() {
        if (slots.isEmpty() && !clock.at(now).isBefore(slots.grantsFrom())) {
          open = false;
        }
        crash();
        in(random.nextInt(calmMillis), this::crashOrClose);
      }

      private void crash() {
        if (faulty && up) {
          up = false;
          var down = random.nextInt(random.nextBoolean() ? 100 : 4_000);
          in(down, this::start);
        }
      }

      void hear(Send send, Node from) {
        if (!up) {
          return;
        }
        switch (send) {
          case Send.Ask(_, var holder, var order, var limit, var holds, var askedAt) -> {
            open = true;
            var ask = new SlotRules.Ask<>(holder, order, limit, holds, askedAt, from);
            follow(SlotRules.hear(slots, ask, clock.at(now), LEASE));
          }
          case Send.Release(_, var holder) ->
              follow(SlotRules.release(slots, holder, clock.at(now)));
        }
      }

      private void follow(SlotRules.Decision<Node> decision) {
        slots = decision.state();
        for (var grant : decision.grants()) {
          travel(
              grant.replyTo(),
              () -> grant.replyTo().granted(grant.holder(), grant.askedAtMillis()));
        }
        slots.nextChange().ifPresent(at -> in(clock.realTimeOf(at) - now, this::pass));
      }

      private void pass() {
        var due = slots.nextChange().filter(at -> !clock.at(now).isBefore(at));
        if (up && due.isPresent()) {
          follow(SlotRules.pass(slots, clock.at(now)));
          // The worst moment: what somebody lost has just been given to somebody else.
          if (faulty && random.nextInt(4) == 0) {
            in(random.nextInt(1_000), this::crash);
          }
        }
      }
    }

    /** A node whose steps want slots. */
    private final class Node {
      private final int number;
      private final Set<Step> waiting = new HashSet<>();
      private final List<Step> executing = new ArrayList<>();
      private Clock clock;
      private Claims<Step> claims;
      private int life;
      private double passAt = Double.MAX_VALUE;
      private double cutUntil;
      private double pausedUntil;

      Node(int number) {
        this.number = number;
        this.clock = Clock.any(random);
        this.claims = new Claims<>("n" + number, LEASE);
      }

      int held() {
        return (int) executing.stream().filter(step -> claims.holds(step, clock.at(now))).count();
      }

      /** Does what users of a node do, now and then. */
      void use() {
        if (!faulty) {
          return;
        }
        switch (random.nextInt(14)) {
          case 0, 1, 2, 3, 4, 5 -> want();
          case 6, 7, 8 -> release();
          case 9 -> giveUp();
          case 10 -> crashNowAndThen();
          case 11 -> cut();
          case 12 -> {
            cut();
            in(random.nextInt(5_000), this::pause);
          }
          default -> pause();
        }
        in(random.nextInt(3_000), this::use);
      }

      private void want() {
        if (waiting.size() == WAITING_MAX) {
          return;
        }
        var step = new Step();
        waiting.add(step);
        var millis = clock.at(now).toEpochMilli();
        follow(claims.want(step, "f|k", "s", millis, limit, clock.at(now)));
      }

      /** Until then messages gather on their way. */
      private void cut() {
        cutUntil = now + random.nextInt(10_000);
      }

      /** The process stands still, sometimes until what has gathered is there. */
      private void pause() {
        pausedUntil = Math.max(now + random.nextInt(7_000), cutUntil + random.nextInt(500));
      }

      private void release() {
        if (!executing.isEmpty()) {
          follow(claims.drop(executing.remove(random.nextInt(executing.size()))));
        }
      }

      private void giveUp() {
        waiting.stream()
            .findAny()
            .ifPresent(step -> {
              waiting.remove(step);
              follow(claims.drop(step));
            });
      }

      private void crashNowAndThen() {
        if (random.nextInt(3) == 0) {
          life++;
          clock = Clock.any(random);
          claims = new Claims<>("n" + number + "." + life, LEASE);
          waiting.clear();
          executing.clear();
          passAt = Double.MAX_VALUE;
        }
      }

      void granted(String holder, long askedAtMillis) {
        if (now < pausedUntil) {
          in(pausedUntil - now + random.nextDouble(), () -> granted(holder, askedAtMillis));
          return;
        }
        follow(claims.granted("f|k", holder, askedAtMillis, clock.at(now)));
      }

      private void passFor(double at) {
        if (at > passAt) {
          return; // an earlier one has taken its place
        }
        if (now < pausedUntil) {
          in(pausedUntil - now + random.nextDouble(), () -> passFor(at));
          return;
        }
        passAt = Double.MAX_VALUE;
        follow(claims.pass(clock.at(now)));
      }

      private void follow(Claims.Outcome<Step> outcome) {
        outcome.sends().forEach(send -> travel(this, () -> server.hear(send, this)));
        for (var step : outcome.held()) {
          grants++;
          if (waiting.remove(step)) {
            executing.add(step);
            in(random.nextInt(6_000), () -> end(step));
          }
        }
        claims.passAt().map(clock::realTimeOf).ifPresent(this::passAt);
      }

      private void passAt(double at) {
        if (at < passAt) {
          passAt = at;
          in(Math.max(0, at - now), () -> passFor(at));
        }
      }

      /** Some steps take for ever, while there are faults. */
      private void end(Step step) {
        if (faulty && random.nextInt(3) == 0) {
          in(5_000, () -> end(step));
        } else if (executing.remove(step)) {
          follow(claims.drop(step));
        }
      }
    }
  }
}
