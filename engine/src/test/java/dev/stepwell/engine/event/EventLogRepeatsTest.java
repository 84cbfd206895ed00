package dev.stepwell.engine.event;

import static dev.stepwell.engine.event.Samples.event;
import static dev.stepwell.engine.event.Samples.ulid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events with the sender's own id. */
class EventLogRepeatsTest {

  private static final Duration SHORTLY = Duration.ofMillis(100);

  private final EventLogFixture partition = new EventLogFixture();

  @AfterEach
  void stop() {
    partition.close();
  }

  @Test
  void aSecondEventWithAUserIdIsStoredAndListedAndStartsNothing() {
    partition.append(event(1, "a"));
    partition.nextStart();
    partition.nextStart();

    partition.append(event(2, "a"));

    await().until(() -> partition.row(event(2, "a")).isPresent());
    assertThat(partition.row(event(2, "a")).orElseThrow().repeatOf()).contains(ulid(1));
    assertThat(partition.starts).isEmpty();
  }

  @Test
  void aSecondEventIsKnownBeforeTheIndexHasTheFirst() {
    partition.index.hold();
    var first = partition.ask(event(2, "b"));
    await().until(() -> partition.index.held() == 1);
    partition.index.letOneGo();
    first.receiveMessage();
    partition.nextStart();
    partition.nextStart();

    var second = partition.ask(event(3, "b"));
    await().until(() -> partition.index.held() == 2);
    partition.index.letGo();
    second.receiveMessage();

    await().until(() -> partition.row(event(3, "b")).isPresent());
    assertThat(partition.row(event(3, "b")).orElseThrow().repeatOf()).contains(ulid(2));
    assertThat(partition.starts).isEmpty();
  }

  @Test
  void aSecondEventIsKnownAfterACrashThoughTheIndexNeverGotTheFirst() {
    partition.paths.remove(Samples.NAME);
    partition.append(event(1, "a"));
    partition.nextStart();
    partition.nextStart();
    assertThat(partition.row(event(1, "a"))).isEmpty();

    partition.crash();
    partition.nextStart();
    partition.nextStart();
    partition.append(event(2, "a"));

    partition.sync();
    assertThat(partition.starts).isEmpty();
  }

  @Test
  void ofRequestsThatWaitForOneLookUpTheFirstCounts() {
    partition.index.hold();
    var first = partition.ask(event(1, "other"));
    await().until(() -> partition.index.held() == 1);
    var second = partition.ask(event(2, "a"));
    var third = partition.ask(event(3, "a"));
    partition.sync();

    partition.index.letGo();

    first.receiveMessage();
    second.receiveMessage();
    third.receiveMessage();
    for (var i = 0; i < 4; i++) {
      assertThat(partition.nextStart().event().id()).isNotEqualTo(ulid(3));
    }
    partition.sync();
    assertThat(partition.starts).isEmpty();
  }

  @Test
  void aRequestWhoseLookUpFailedIsNotAnsweredAndMayComeAgain() {
    partition.index.failNext(1);
    var failed = partition.ask(event(1, "a"));
    partition.sync();

    partition.append(event(1, "a"));

    assertThat(partition.nextStart().event().id()).isEqualTo(ulid(1));
    failed.expectNoMessage(SHORTLY);
  }

  @Test
  void requestsWithoutUserIdsDoNotWaitForTheIndex() {
    partition.index.hold();
    var waits = partition.ask(event(1, "a"));
    partition.append(event(2));
    waits.expectNoMessage(SHORTLY);
    partition.index.letGo();
    waits.receiveMessage();
  }
}
