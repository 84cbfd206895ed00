package dev.stepwell.engine.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** Thousands of short lives of a {@link World}, each from its own seed. */
class WaitsSimulationTest {

  private static final int SEEDS = 300;
  private static final int STEPS = 800;

  @Test
  void eachWaitIsAnsweredByOneEventIfThereWasOneAndElseTimesOut() {
    var matched = 0;
    var timedOut = 0;
    for (var seed = 0; seed < SEEDS; seed++) {
      var runs = live(seed).runs.values();
      matched += runs.stream().mapToInt(WorldRun::matched).sum();
      timedOut += runs.stream().mapToInt(WorldRun::timedOut).sum();
    }
    assertThat(matched).as("the world is worth living in").isGreaterThan(SEEDS * 5);
    assertThat(timedOut).as("not every wait is answered").isGreaterThan(SEEDS);
  }

  private static World live(long seed) {
    var world = new World(seed);
    try {
      for (var i = 0; i < STEPS; i++) {
        world.step();
      }
      world.heal();
      check(world);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
    return world;
  }

  private static void check(World world) {
    var accepted = world.logs.stream().flatMap(log -> log.accepted.stream()).toList();
    world.runs.values().forEach(run -> run.check(accepted));
    assertThat(world.logs).as("every event is settled").allMatch(WorldLog::isSettled);
    var kept = new HashSet<Wait.Id>();
    world.partitions.forEach(partition -> kept.addAll(partition.state().waits().keySet()));
    var open = new HashSet<Wait.Id>();
    world.runs.values().forEach(run -> open.addAll(run.open()));
    // A crash may bring back a wait that is over; the next event that it matches removes it.
    assertThat(kept).as("what is waited for is kept").containsAll(open);
    assertThat(world.time.hasAlarmUntil(world.time.instant().plus(Duration.ofSeconds(30))))
        .as("nothing ticks when there is nothing to do")
        .isFalse();
  }
}
