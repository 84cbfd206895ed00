package dev.stepwell.engine.event;

import static dev.stepwell.engine.event.Samples.NOON;
import static dev.stepwell.engine.event.Samples.event;
import static dev.stepwell.engine.event.Samples.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.wait.LogClosing.PartitionClosed;
import java.time.Duration;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one partition does so that waits can end. */
class EventLogClosingTest {

  private static final Duration SHORTLY = Duration.ofMillis(100);

  private final EventLogFixture partition = new EventLogFixture();

  @AfterEach
  void stop() {
    partition.close();
  }

  private TestProbe<PartitionClosed> close(long untilMillis) {
    var probe = partition.probe(PartitionClosed.class);
    partition.log.tell(new EventLog.Close(untilMillis, probe.getRef()));
    return probe;
  }

  private long receivedAt(long number) {
    return partition.row(event(number)).orElseThrow().event().receivedAtMillis();
  }

  @Test
  void aPartitionWithNothingUnderWayIsClosedAtOnce() {
    assertThat(close(NOON).receiveMessage()).isEqualTo(new PartitionClosed(0, NOON));
  }

  @Test
  void aPartitionIsClosedWhenAllThatItHasAcceptedBeforeIsInTheIndex() {
    partition.index.hold();
    partition.append(event(1));
    await().until(() -> partition.index.held() == 1);
    partition.append(event(2));
    var closed = close(NOON);
    partition.index.letOneGo();
    await().until(() -> partition.index.held() == 1);
    partition.append(event(3));
    closed.expectNoMessage(SHORTLY);
    partition.index.letOneGo();

    assertThat(closed.receiveMessage()).isEqualTo(new PartitionClosed(0, NOON));
    assertThat(partition.row(event(2))).isPresent();
    assertThat(partition.row(event(3))).isEmpty();
  }

  @Test
  void anEventThatWaitsForItsNamesPathsHoldsUpTheClosing() {
    partition.append(named(1, "unheard/of"));
    var closed = close(NOON);
    closed.expectNoMessage(SHORTLY);

    partition.paths.put("unheard/of", Set.of());
    partition.advance(Duration.ofSeconds(1));

    assertThat(closed.receiveMessage()).isEqualTo(new PartitionClosed(0, NOON));
  }

  @Test
  void anEventThatTheIndexHasRefusedHoldsUpTheClosing() {
    partition.index.failNext(1);
    partition.append(event(1));
    var closed = close(NOON);
    closed.expectNoMessage(SHORTLY);

    partition.advance(Duration.ofSeconds(1));

    assertThat(closed.receiveMessage()).isEqualTo(new PartitionClosed(0, NOON));
    assertThat(partition.row(event(1))).isPresent();
  }

  @Test
  void anEventThatComesOnceItIsClosedCountsAsReceivedThen() {
    partition.advance(Duration.ofMillis(70));
    close(NOON + 50).receiveMessage();

    partition.append(event(1), event(2).receivedAt(NOON + 50));

    await().until(() -> partition.row(event(2)).isPresent());
    assertThat(receivedAt(1)).isEqualTo(NOON + 70);
    assertThat(receivedAt(2)).isEqualTo(NOON + 50);
  }

  @Test
  void aPartitionIsClosedNoFurtherThanItsClockHasGot() {
    assertThat(close(NOON + 1).receiveMessage()).isEqualTo(new PartitionClosed(0, NOON));

    partition.append(event(1));

    await().until(() -> partition.row(event(1)).isPresent());
    assertThat(receivedAt(1)).isEqualTo(NOON);
  }

  @Test
  void aCrashDoesNotOpenItAgain() {
    partition.advance(Duration.ofMillis(70));
    close(NOON + 50).receiveMessage();
    partition.crash();

    partition.append(event(1));

    await().until(() -> partition.row(event(1)).isPresent());
    assertThat(receivedAt(1)).isEqualTo(NOON + 70);
  }

  @Test
  void whoeverAsksTwiceIsAnsweredOnce() {
    partition.index.hold();
    partition.append(event(1));
    var closed = partition.probe(PartitionClosed.class);
    for (var i = 0; i < 2; i++) {
      partition.log.tell(new EventLog.Close(NOON, closed.getRef()));
    }
    partition.sync();

    partition.index.letGo();

    assertThat(closed.receiveMessage()).isEqualTo(new PartitionClosed(0, NOON));
    closed.expectNoMessage(SHORTLY);
  }
}
