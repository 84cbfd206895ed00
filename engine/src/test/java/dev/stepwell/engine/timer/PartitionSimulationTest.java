package dev.stepwell.engine.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.wire.Ulid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A partition against a store that fails, whose calls take time, and which outlives it. */
class PartitionSimulationTest {

  private static final int SEEDS = 2_000;
  private static final int STEPS = 400;

  @Test
  void everyStoredTimerRingsInTimeWhateverFails() {
    for (var seed = 0; seed < SEEDS; seed++) {
      new World(seed).run();
    }
  }

  private static final class World {
    private final int seed;
    private final Random random;
    private final int page;
    private final Set<Timer> toRing = new HashSet<>();
    private final Map<Timer, Integer> forgottenAt = new HashMap<>();
    private final Set<Timer> settledInThisLife = new HashSet<>();
    private final List<Timer> open = new ArrayList<>();
    private final TreeMap<Long, TreeMap<String, Timer>> store = new TreeMap<>();
    private Partition<Integer> partition;
    private Optional<Work<Integer>> underWay = Optional.empty();
    private boolean healed;
    private long healedAt;
    private int sets;
    private long now = 1_000_000;

    World(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.page = 2 + random.nextInt(10);
      this.partition = new Partition<>(page);
    }

    void run() {
      for (var i = 0; i < STEPS; i++) {
        switch (random.nextInt(12)) {
          case 0, 1, 2, 3 -> set();
          case 4 -> cancel();
          case 5, 6 -> settle();
          case 7 -> crashNowAndThen();
          case 8 -> now += random.nextInt(30_000);
          default -> finish();
        }
        goOn();
      }
      healed = true;
      // A pause after the last failure may still be under way.
      healedAt = now + 5_000;
      drain();
      assertThat(toRing).as("never rang, seed %d", seed).isEmpty();
    }

    private void set() {
      var due = now - 500 + (random.nextBoolean() ? random.nextInt(3) * 1_000L : 90_000);
      var timer = new Timer(new Target.OfEvent(Ulid.of(1, 0, random.nextInt(200))), due);
      settledInThisLife.remove(timer);
      if (partition.set(timer, ++sets)) {
        toRing.add(timer);
      }
    }

    private void cancel() {
      toRing.stream()
          .skip(random.nextInt(toRing.size() + 1))
          .findFirst()
          .filter(timer -> !open.contains(timer))
          .ifPresent(timer -> {
            partition.cancel(timer, instant());
            forget(timer);
          });
    }

    private void settle() {
      if (!open.isEmpty()) {
        var timer = open.remove(random.nextInt(open.size()));
        partition.settled(timer, instant());
        forget(timer);
        settledInThisLife.add(timer);
      }
    }

    /** Whoever had set it until now needs it no more. */
    private void forget(Timer timer) {
      toRing.remove(timer);
      forgottenAt.put(timer, sets);
    }

    private void crashNowAndThen() {
      if (random.nextInt(10) == 0) {
        underWay.filter(_ -> random.nextBoolean()).ifPresent(this::perform);
        underWay = Optional.empty();
        open.clear();
        settledInThisLife.clear();
        partition = new Partition<>(page);
      }
    }

    private void goOn() {
      for (var due = partition.takeDue(instant());
          due.isPresent();
          due = partition.takeDue(instant())) {
        assertThat(due.get().dueAtMillis()).as("early, seed %d", seed).isLessThanOrEqualTo(now);
        assertThat(healed && due.get().dueAtMillis() > healedAt && due.get().dueAtMillis() < now)
            .as("late, seed %d", seed)
            .isFalse();
        assertThat(settledInThisLife).as("rang twice, seed %d", seed).doesNotContain(due.get());
        open.add(due.get());
      }
      assertThat(partition.inMemory() - open.size()).isLessThanOrEqualTo(2 * page);
      if (underWay.isEmpty()) {
        underWay = partition.begin(instant());
      }
    }

    /** Ends the call under way: done, failed, or failed though it was done. */
    private void finish() {
      underWay.ifPresent(work -> {
        underWay = Optional.empty();
        var failed = !healed && random.nextInt(5) == 0;
        if (failed && random.nextBoolean()) {
          perform(work);
        }
        if (failed) {
          partition.failed(work, instant());
        } else {
          succeed(work);
        }
      });
    }

    private void succeed(Work<Integer> work) {
      perform(work);
      switch (work) {
        case Work.Put<Integer> put -> {
          partition.stored(put);
          put.timers().forEach(this::stored);
        }
        case Work.Delete<Integer> _ -> partition.deleted();
        case Work.Load<Integer> load -> {
          var rows = between(load);
          var last = rows.isEmpty() ? load.fromMillis() : rows.getLast().dueAtMillis();
          partition.loaded(load, rows, rows.size(), last);
        }
        case Work.Look<Integer> look -> {
          var next = store.ceilingKey(look.fromMillis());
          partition.looked(look, next == null ? OptionalLong.empty() : OptionalLong.of(next));
        }
      }
    }

    private void stored(Timer timer, Set<Integer> waiters) {
      if (Collections.max(waiters) > forgottenAt.getOrDefault(timer, 0)) {
        toRing.add(timer);
      }
    }

    private void perform(Work<Integer> work) {
      switch (work) {
        case Work.Put<Integer>(var timers) -> timers.keySet().forEach(this::put);
        case Work.Delete<Integer>(var timers) -> timers.forEach(this::remove);
        case Work.Load<Integer> _ -> {}
        case Work.Look<Integer> _ -> {}
      }
    }

    private List<Timer> between(Work.Load<Integer> load) {
      return store.subMap(load.fromMillis(), load.untilMillis()).values().stream()
          .flatMap(rows -> rows.values().stream())
          .limit(load.limit())
          .toList();
    }

    private void put(Timer timer) {
      store
          .computeIfAbsent(timer.dueAtMillis(), _ -> new TreeMap<>())
          .put(timer.target().key(), timer);
    }

    private void remove(Timer timer) {
      var rows = store.getOrDefault(timer.dueAtMillis(), new TreeMap<>());
      rows.remove(timer.target().key());
      if (rows.isEmpty()) {
        store.remove(timer.dueAtMillis());
      }
    }

    /** Turns the clock only to where the partition says that there is something to do. */
    private void drain() {
      for (var rounds = 0; ; rounds++) {
        assertThat(rounds).as("no end, seed %d", seed).isLessThan(100_000);
        goOn();
        if (underWay.isPresent()) {
          finish();
        } else if (!open.isEmpty()) {
          settle();
        } else {
          var next = nextMillis();
          if (next.isEmpty()) {
            return;
          }
          now = Math.max(now, next.getAsLong());
        }
      }
    }

    private OptionalLong nextMillis() {
      var begin = partition.beginAt().map(Instant::toEpochMilli);
      var due = partition.firstDueAtMillis();
      return begin.isEmpty()
          ? due
          : OptionalLong.of(Math.min(begin.get(), due.orElse(Long.MAX_VALUE)));
    }

    private Instant instant() {
      return Instant.ofEpochMilli(now);
    }
  }
}
