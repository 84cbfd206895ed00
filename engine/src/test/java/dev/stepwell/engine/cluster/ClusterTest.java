package dev.stepwell.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.run.RunView;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class ClusterTest {

  private final TestCluster cluster = new TestCluster(3);
  private final Traffic traffic = new Traffic(cluster);

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void anyNodeTakesEventsAndKnowsEveryRun() {
    rounds(5);

    traffic.verify();
  }

  @Test
  void whenANodeLeavesAndAnotherJoinsEverythingEndsRight() {
    rounds(3);
    cluster.leave(cluster.members().get(1));
    rounds(3);
    cluster.join();
    rounds(3);
    cluster.leave(cluster.members().getFirst());
    rounds(3);

    traffic.verify();
  }

  @Test
  void whenANodeDiesEverythingEndsRight() {
    rounds(3);
    cluster.die(cluster.members().get(1));
    rounds(3);
    cluster.join();
    rounds(3);
    cluster.die(cluster.members().getFirst());
    rounds(3);

    traffic.verify();
  }

  @Test
  void aLimitHoldsForAllNodesTogether() {
    var runs =
        IntStream.range(0, 40)
            .mapToObj(i -> traffic.send(new Tales.Limited("many-" + i), Tales.LIMITED))
            .toList();

    runs.forEach(traffic::awaitEnd);
    assertThat(cluster.book().atOnceMax(Tales.LIMITED)).isEqualTo(Tales.LIMIT);
  }

  @Test
  void aScheduleTicksOnceForTheWholeCluster() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> new Runs(cluster).outputs(Tales.TICK).size() >= 3);

    cluster.die(cluster.members().getFirst());
    var before = new Runs(cluster).outputs(Tales.TICK).size();

    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> new Runs(cluster).outputs(Tales.TICK).size() >= before + 3);
    assertThat(new Runs(cluster).outputs(Tales.TICK)).doesNotHaveDuplicates();
  }

  @Test
  void largeEventsAndResultsTravelAsWell() {
    var ballast = "x".repeat(2_500_000);
    var runs =
        IntStream.range(0, 3)
            .mapToObj(i -> traffic.send(new Tales.Large("large-" + i, ballast), Tales.LARGE))
            .toList();

    for (var run : runs) {
      traffic.awaitEnd(run);
      for (var member : cluster.members()) {
        var view = member.engine().run(run).toCompletableFuture().join().orElseThrow();
        assertThat(view.steps())
            .as("%s", view.failure())
            .hasSize(4)
            .allMatch(step -> step.output().isPresent());
        assertThat(view).extracting(RunView::output).isEqualTo(view.steps().getFirst().output());
      }
    }
  }

  private void rounds(int count) {
    for (var i = 0; i < count; i++) {
      traffic.round();
    }
  }
}
