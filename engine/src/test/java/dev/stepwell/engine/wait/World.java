package dev.stepwell.engine.wait;

import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.memory.MemoryStore;
import dev.stepwell.engine.port.EventIndex;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;

/**
 * Waits, event logs and runs that talk over a network which delays and loses, on one thread and
 * from one seed. What passes between two of them stays in order; everything else is chance.
 */
final class World {

  static final int PARTITIONS = 3;
  static final int LOGS = 2;

  /** How many values there are at a path. */
  static final int VALUES = 6;

  final Random random;
  final HandTime time = new HandTime(Instant.ofEpochMilli(Samples.NOON));
  final EventIndex index = new MemoryStore().events();
  final WorldPaths paths = new WorldPaths(this);
  final WorldClosing closing = new WorldClosing(this);
  final List<WorldPartition> partitions = new ArrayList<>();
  final List<WorldLog> logs = new ArrayList<>();
  final Map<Ulid, WorldRun> runs = new LinkedHashMap<>();
  final TestInbox<Waits.Registered> registered = TestInbox.create();
  final TestInbox<Waits.Removed> removed = TestInbox.create();
  private final int calm;

  /** How far a clock may be from the world's. */
  final int skewMaxMillis;

  boolean faulty = true;
  private final Map<String, Queue<Runnable>> channels = new TreeMap<>();
  private long ids = 1_000;

  World(long seed) {
    random = new Random(seed);
    calm = 1 + random.nextInt(8);
    skewMaxMillis = random.nextBoolean() ? 0 : 1_000;
    for (var i = 0; i < PARTITIONS; i++) {
      partitions.add(new WorldPartition(this, i));
    }
    for (var i = 0; i < LOGS; i++) {
      logs.add(new WorldLog(this, i));
    }
  }

  /** Sends over the network: in order between two parties, and perhaps never. */
  void send(String channel, Runnable arrive) {
    if (!(faulty && random.nextInt(20) == 0)) {
      post(channel, arrive);
    }
  }

  /** Sends within a process: in order, and surely. */
  void post(String channel, Runnable arrive) {
    channels.computeIfAbsent(channel, _ -> new ArrayDeque<>()).add(arrive);
  }

  WorldPartition partition(WaitKey key) {
    return partitions.get(key.partition(PARTITIONS));
  }

  long nextId() {
    return ids++;
  }

  /** How far some clock is ahead of the world's. */
  long skewMillis() {
    return random.nextInt(-skewMaxMillis, skewMaxMillis + 1);
  }

  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  /** Sends on its way what a partition has answered. */
  void hear() {
    logs.forEach(WorldLog::hear);
    closing.hear();
    for (var answer : registered.getAllReceived()) {
      toRun(answer.run(), run -> run.registered(answer));
    }
    for (var answer : removed.getAllReceived()) {
      toRun(answer.run(), run -> run.removed(answer.step()));
    }
  }

  private void toRun(Ulid id, Consumer<WorldRun> arrive) {
    send("waits>run" + id, () -> arrive.accept(run(id)));
  }

  WorldRun run(Ulid id) {
    var run = runs.get(id);
    if (run == null) {
      throw new IllegalStateException("no such run: " + id);
    }
    return run;
  }

  /** Lets something happen that is about to. */
  boolean deliverOne() {
    channels.values().removeIf(Queue::isEmpty);
    if (channels.isEmpty()) {
      return false;
    }
    var all = List.copyOf(channels.values());
    all.get(random.nextInt(all.size())).remove().run();
    return true;
  }

  void step() {
    switch (random.nextInt(60)) {
      case 0 -> {
        var run = new WorldRun(this);
        runs.put(run.id(), run);
      }
      case 1, 2, 9, 10 -> logs.get(random.nextInt(LOGS)).send();
      case 3, 13, 14 -> time.advance(Duration.ofMillis(random.nextInt(300)));
      case 4 -> {
        if (!runs.isEmpty()) {
          List.copyOf(runs.values()).get(random.nextInt(runs.size())).waitForOneMore();
        }
      }
      case 5 -> {
        if (chance(calm * 5)) {
          closing.crash();
        }
        if (chance(calm)) {
          partitions.get(random.nextInt(PARTITIONS)).crash();
        }
      }
      case 6 -> {
        if (chance(calm)) {
          logs.get(random.nextInt(LOGS)).crash();
        }
      }
      case 7 -> logs.get(random.nextInt(LOGS)).repeat();
      case 8, 15, 16 -> runs.values().forEach(WorldRun::repeat);
      default -> deliverOne();
    }
  }

  /** No more faults: lets everything that was begun come to its end. */
  void heal() {
    faulty = false;
    for (var round = 0; round < 40; round++) {
      while (deliverOne()) {}
      logs.forEach(WorldLog::repeat);
      runs.values().forEach(WorldRun::repeat);
      while (deliverOne()) {}
      time.advance(Duration.ofSeconds(1));
    }
    for (var pause : List.of(Duration.ofMinutes(2), Duration.ofSeconds(1))) {
      time.advance(pause);
      while (deliverOne()) {}
    }
  }
}
