package dev.stepwell.engine.wait;

import static dev.stepwell.engine.wait.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a path becomes known to all who accept events. */
class WaitPathsTest {

  private final Node node = new Node();
  private final TestProbe<WaitPaths.Active> active =
      node.kit.createTestProbe(WaitPaths.Active.class);
  private final TestProbe<WaitPaths.Known> known = node.kit.createTestProbe(WaitPaths.Known.class);

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aPathIsActiveFromTheMomentTheLastPartitionAnswers() {
    node.logsAnswer = false;
    ensure("paid", "data.order");
    var announcement = node.announcement();
    announcement.acknowledge(1);
    announcement.acknowledge(1);
    active.expectNoMessage(Duration.ofMillis(100));

    node.time.advance(Duration.ofMillis(500));
    announcement.acknowledge(0);

    assertThat(active.receiveMessage())
        .isEqualTo(new WaitPaths.Active("paid", "data.order", NOON + 500));
  }

  @Test
  void aPathThatIsActiveIsAnnouncedNoMore() {
    ensure("paid", "data.order");
    var first = active.receiveMessage();
    node.logsAnswer = false;
    node.crash();
    node.time.advance(Duration.ofSeconds(5));

    ensure("paid", "data.order");

    assertThat(active.receiveMessage()).isEqualTo(first);
    assertThat(node.announcements).isEmpty();
  }

  @Test
  void theLogIsToldAgainUntilAllHaveAnswered() {
    node.logsAnswer = false;
    ensure("paid", "");
    node.announcement().acknowledge(0);

    node.time.advance(Duration.ofSeconds(1));
    node.announcement();
    node.time.advance(Duration.ofSeconds(2));
    node.announcement().acknowledge(1);

    assertThat(active.receiveMessage().path()).isEmpty();
    node.time.advance(Duration.ofSeconds(30));
    assertThat(node.announcements).isEmpty();
  }

  @Test
  void aPathIsKnownBeforeItIsActive() {
    node.logsAnswer = false;
    ensure("paid", "data.order");
    node.announcement();

    node.tellPaths("paid", new WaitPaths.Get(known.getRef()));

    assertThat(known.receiveMessage()).isEqualTo(new WaitPaths.Known("paid", Set.of("data.order")));
  }

  @Test
  void anAnnouncementThatACrashHasCutShortIsMadeForWhoeverAsksNext() {
    node.logsAnswer = false;
    ensure("paid", "data.order");
    node.announcement();
    node.crash();

    ensure("paid", "data.order");
    var announcement = node.announcement();
    announcement.acknowledge(0);
    announcement.acknowledge(1);

    assertThat(active.receiveMessage().path()).isEqualTo("data.order");
  }

  @Test
  void pathsAreActivatedSideBySide() {
    node.logsAnswer = false;
    ensure("paid", "data.a");
    var a = node.announcement();
    ensure("paid", "data.b");
    var b = node.announcement();

    for (var log = 0; log < Node.LOGS; log++) {
      b.acknowledge(log);
    }
    assertThat(active.receiveMessage().path()).isEqualTo("data.b");
    for (var log = 0; log < Node.LOGS; log++) {
      a.acknowledge(log);
    }
    assertThat(active.receiveMessage().path()).isEqualTo("data.a");
  }

  @Test
  void anEventMayHaveAnyName() {
    for (var name : new String[] {"a|b", "ordre/payé ✓", "%7C", "x".repeat(512)}) {
      ensure(name, "data.order");
      assertThat(active.receiveMessage().event()).isEqualTo(name);
    }
  }

  @Test
  void whoHasNothingToDoForAMinuteLeavesMemoryAndSetsNoAlarm() {
    ensure("paid", "data.order");
    active.receiveMessage();
    await().until(() -> node.time.alarms() == 1);

    node.time.advance(Duration.ofMinutes(1));

    await().atMost(Duration.ofMinutes(1)).until(() -> node.time.alarms() == 0);
    node.time.advance(Duration.ofHours(1));
    ensure("paid", "data.order");
    assertThat(active.receiveMessage().activeSinceMillis()).isEqualTo(NOON);
  }

  private void ensure(String event, String path) {
    node.tellPaths(event, new WaitPaths.Ensure(path, active.getRef()));
  }
}
