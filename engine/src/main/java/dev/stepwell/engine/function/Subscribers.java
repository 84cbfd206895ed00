package dev.stepwell.engine.function;

import dev.stepwell.engine.port.Time;
import dev.stepwell.engine.timer.NextAlarm;
import dev.stepwell.engine.wakeup.Outstanding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Which node has which version of the catalog, and who waits until all have one. A node that does
 * not answer is told again until it does or is no more; but nobody waits for it longer than {@link
 * #PATIENCE}.
 */
final class Subscribers {

  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long NONE = -1;

  private static final class Keeper {
    long version = NONE;
    Instant repeatAt = Instant.MIN;
    Duration pause = Outstanding.PAUSE_FIRST;
  }

  private record Waiting(long version, Instant until, ActorRef<Registry.Registered> replyTo) {}

  private final Time time;
  private final IntSupplier nodes;
  private final ActorRef<Registry.Call> registry;
  private final NextAlarm alarm;
  private final Map<ActorRef<Registry.Published>, Keeper> keepers = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();

  /**
   * Nobody has subscribed yet.
   *
   * @param nodes how many keepers there should be, when all have found the registry
   */
  Subscribers(Time time, IntSupplier nodes, ActorRef<Registry.Call> registry, Runnable ring) {
    this.time = time;
    this.nodes = nodes;
    this.registry = registry;
    this.alarm = new NextAlarm(time, ring);
  }

  /** Adds one that has nothing, or that does not know that it is subscribed. */
  void add(RegistryState state, ActorRef<Registry.Published> keeper) {
    keepers.put(keeper, new Keeper());
    publish(state);
  }

  void remove(ActorRef<Registry.Published> keeper) {
    keepers.remove(keeper);
    answer();
  }

  void acknowledged(ActorRef<Registry.Published> keeper, long version) {
    var known = keepers.get(keeper);
    if (known != null) {
      known.version = Math.max(known.version, version);
      answer();
    }
  }

  /** Answers once every node has this version, or patience is over. */
  void await(long version, ActorRef<Registry.Registered> replyTo) {
    var until = time.instant().plus(PATIENCE);
    waiting.add(new Waiting(version, until, replyTo));
    alarm.noLaterThan(until);
    answer();
  }

  /** Tells everybody who does not have this state, at once. */
  void publish(RegistryState state) {
    var now = time.instant();
    for (var keeper : keepers.values()) {
      if (keeper.version < state.version()) {
        keeper.repeatAt = now;
        keeper.pause = Outstanding.PAUSE_FIRST;
      }
    }
    tell(state);
  }

  /** The alarm has rung. */
  void rang(RegistryState state) {
    alarm.rang();
    tell(state);
    answer();
    waiting.forEach(waiter -> alarm.noLaterThan(waiter.until()));
  }

  void end() {
    alarm.cancel();
  }

  private void tell(RegistryState state) {
    var now = time.instant();
    var published = new Registry.Published(RegistryCodec.STATE.encode(state), registry);
    keepers.forEach((ref, keeper) -> {
      if (keeper.version < state.version()) {
        if (!keeper.repeatAt.isAfter(now)) {
          ref.tell(published);
          keeper.repeatAt = now.plus(keeper.pause);
          keeper.pause = Outstanding.longer(keeper.pause);
        }
        alarm.noLaterThan(keeper.repeatAt);
      }
    });
  }

  private void answer() {
    var now = time.instant();
    waiting.removeIf(waiter -> {
      var isOver = !now.isBefore(waiter.until()) || allHave(waiter.version());
      if (isOver) {
        waiter.replyTo().tell(new Registry.Registered(waiter.version()));
      }
      return isOver;
    });
  }

  private boolean allHave(long version) {
    return keepers.size() >= nodes.getAsInt()
        && keepers.values().stream().allMatch(keeper -> keeper.version >= version);
  }
}
