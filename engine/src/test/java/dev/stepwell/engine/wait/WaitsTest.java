package dev.stepwell.engine.wait;

import static dev.stepwell.engine.wait.Samples.HOUR;
import static dev.stepwell.engine.wait.Samples.NOON;
import static dev.stepwell.engine.wait.Samples.lookingBack;
import static dev.stepwell.engine.wait.Samples.paid;
import static dev.stepwell.engine.wait.Samples.ulid;
import static dev.stepwell.engine.wait.Samples.waitFor;
import static dev.stepwell.engine.wait.Samples.waitForAny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Json;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One partition with its journal, and what becomes of it in a crash. */
class WaitsTest {

  private final Node node = new Node();

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aWaitIsRegisteredOnlyWhenEveryPartitionOfTheLogKnowsItsPath() {
    node.logsAnswer = false;
    node.register(waitFor(1, "a", 7));
    var announcement = node.announcement();
    assertThat(announcement.path()).isEqualTo("data.order");

    announcement.acknowledge(0);
    node.offer(paid(100, 7, NOON), 1);
    assertThat(node.answers.receiveMessage()).isEqualTo(new Answer.Settled(1));
    node.registered.expectNoMessage(Duration.ofMillis(100));

    announcement.acknowledge(1);
    assertThat(node.registered.receiveMessage().step()).isEqualTo("a");
  }

  @Test
  void anOfferIsSettledOnlyWhenTheRunHasSettled() {
    node.registerAndWait(waitFor(1, "a", 7));
    node.offer(paid(100, 7, NOON), 1);
    var delivery = node.delivery();

    delivery.accept();
    node.answers.expectNoMessage(Duration.ofMillis(100));
    delivery.settle();

    assertThat(node.answers.receiveMessage()).isEqualTo(new Answer.Settled(1));
  }

  @Test
  void anEventForNobodyCostsNoWrite() {
    node.registerAndWait(waitFor(1, "a", 7));
    var before = node.store.writes.get();

    node.offer(paid(100, 8, NOON), 1);

    assertThat(node.answers.receiveMessage()).isEqualTo(new Answer.Settled(1));
    assertThat(node.store.writes.get()).isEqualTo(before);
    assertThat(node.deliveries).isEmpty();
  }

  @Test
  void aSettledWaitIsOverAlsoAfterACrash() {
    node.registerAndWait(waitFor(1, "a", 7));
    node.offer(paid(100, 7, NOON), 1);
    node.delivery().settle();
    node.answers.receiveMessage();
    awaitFacts(4);

    node.crash();
    node.offer(paid(101, 7, NOON), 2);

    assertThat(node.answers.receiveMessage()).isEqualTo(new Answer.Settled(2));
    assertThat(node.deliveries).isEmpty();
  }

  @Test
  void aWaitSurvivesACrash() {
    node.registerAndWait(waitFor(1, "a", 7));
    node.crash();

    node.offer(paid(100, 7, NOON), 1);

    assertThat(node.delivery().subscription()).isEqualTo(waitFor(1, "a", 7));
  }

  @Test
  void aWaitThatLooksBackIsRegisteredOnlyWhenItsRunHasDecided() {
    node.index(paid(100, 7, NOON - 1_000));
    node.register(lookingBack(waitFor(1, "a", 7), NOON - HOUR));
    var delivery = node.delivery();
    node.registered.expectNoMessage(Duration.ofMillis(100));

    delivery.accept();

    assertThat(node.registered.receiveMessage().matched()).isTrue();
  }

  @Test
  void aRunThatAsksAgainAfterACrashGetsTheEarlierEvent() {
    node.index(paid(100, 7, NOON - 1_000));
    node.register(lookingBack(waitFor(1, "a", 7), NOON - HOUR));
    node.delivery();
    node.crash();

    node.register(lookingBack(waitFor(1, "a", 7), NOON - HOUR));

    assertThat(node.delivery().event()).isEqualTo(paid(100, 7, NOON - 1_000));
  }

  @Test
  void ofEarlierEventsTheOldestIsDeliveredAndTheNextIfItIsDeclined() {
    for (var i = 0; i < 300; i++) {
      node.index(paid(1_000 + i, i % 100 == 99 ? 7 : 8, NOON - 10_000 + i));
    }
    node.register(lookingBack(waitFor(1, "a", 7), NOON - HOUR));

    var first = node.delivery();
    first.decline();
    var second = node.delivery();
    second.settle();

    assertThat(first.event().id()).isEqualTo(ulid(1_099));
    assertThat(second.event().id()).isEqualTo(ulid(1_199));
    assertThat(node.registered.receiveMessage().matched()).isTrue();
  }

  @Test
  void aWaitHasNoMatchIfItsRunHasNoUseForAnyEarlierEvent() {
    node.index(paid(100, 7, NOON - 2_000));
    node.index(paid(101, 7, NOON - 1_000));
    for (var again = 0; again < 2; again++) {
      node.register(lookingBack(waitFor(1, "a", 7), NOON - HOUR));
      node.delivery().decline();
      node.delivery().decline();

      assertThat(node.registered.receiveMessage().matched()).isFalse();
    }
  }

  @Test
  void aWaitIsAskedForWhileItsRunDecidesAndIsAnsweredThen() {
    node.registerAndWait(waitFor(1, "a", 7));
    node.offer(paid(100, 7, NOON), 1);
    var delivery = node.delivery();
    node.register(waitFor(1, "a", 7));
    node.registered.expectNoMessage(Duration.ofMillis(100));

    delivery.decline();

    assertThat(node.registered.receiveMessage().matched()).isFalse();
  }

  @Test
  void anEarlierEventIsFoundWhetherOrNotItsPathWasKnownThen() {
    node.index(paid(100, 7, NOON - 1));
    node.registerAndWait(waitFor(9, "other", 1));
    node.time.advance(Duration.ofMinutes(10));
    node.index(paid(101, 8, NOON + 300_000));

    node.register(lookingBack(waitFor(1, "a", 7), NOON - HOUR));
    assertThat(node.delivery().event().id()).isEqualTo(ulid(100));
    node.register(lookingBack(waitFor(2, "a", 8), NOON - HOUR));

    assertThat(node.delivery().event().id()).isEqualTo(ulid(101));
  }

  @Test
  void anEventThatCameWhileTheRunWasAskedIsNotLostIfItDeclines() {
    node.registerAndWait(waitFor(1, "a", 7));
    node.offer(paid(100, 7, NOON), 1);
    var first = node.delivery();
    node.offer(paid(101, 7, NOON), 2);
    node.answers.expectNoMessage(Duration.ofMillis(100));

    first.decline();

    assertThat(node.answers.receiveMessage()).isEqualTo(new Answer.Settled(1));
    var second = node.delivery();
    assertThat(second.event().id()).isEqualTo(ulid(101));
    second.settle();
    assertThat(node.answers.receiveMessage()).isEqualTo(new Answer.Settled(2));
  }

  @Test
  void anEventThatCameWhileTheRunWasAskedGoesToItsOtherWaitIfItAccepts() {
    node.registerAndWait(waitFor(1, "a", 7));
    node.registerAndWait(waitForAnySameKey());
    node.offer(paid(100, 7, NOON), 1);
    var first = node.delivery();
    node.offer(paid(101, 7, NOON), 2);

    first.settle();

    assertThat(first.subscription().step()).isEqualTo("a");
    var second = node.delivery();
    assertThat(second.subscription().step()).isEqualTo("b");
    assertThat(second.event().id()).isEqualTo(ulid(101));
  }

  @Test
  void anEventThatCameTooLateForAWaitIsForTheOtherWaitOfTheSameRun() {
    node.registerAndWait(waitFor(1, "a", 7));
    node.registerAndWait(waitForAnySameKey());
    node.offer(paid(100, 7, NOON), 1);
    var first = node.delivery();
    node.offer(paid(101, 7, NOON), 2);

    first.tooLate();

    assertThat(first.subscription().step()).isEqualTo("a");
    var second = node.delivery();
    assertThat(second.subscription().step()).isEqualTo("b");
    assertThat(second.event().id()).as("in their order").isEqualTo(ulid(100));
    second.settle();
    assertThat(node.answers.receiveSeveralMessages(2))
        .containsExactlyInAnyOrder(new Answer.Settled(1), new Answer.Settled(2));
  }

  private static Wait waitForAnySameKey() {
    return waitFor(1, "b", 7);
  }

  @Test
  void aRunThatDoesNotAnswerIsAskedAgainWithoutThePayloadItHasStored() {
    node.registerAndWait(waitFor(1, "a", 7));
    node.offer(paid(100, 7, NOON), 1);
    var first = node.delivery();

    node.time.advance(Duration.ofSeconds(1));
    var second = node.delivery();
    second.accept();
    node.answers.expectNoMessage(Duration.ofMillis(50));
    node.time.advance(Duration.ofSeconds(3));
    var third = node.delivery();

    assertThat(second.event()).isEqualTo(first.event());
    assertThat(third.event().id()).isEqualTo(first.event().id());
    assertThat(third.event().data()).isEqualTo(Json.EMPTY_OBJECT);
  }

  @Test
  void aChangeOfMembershipHasTheRunAskedAgainAtOnce() {
    node.registerAndWait(waitFor(1, "a", 7));
    node.offer(paid(100, 7, NOON), 1);
    node.delivery();

    node.tell(waitFor(1, "a", 7).key(), new Waits.Hurry());

    assertThat(node.delivery().event()).isEqualTo(paid(100, 7, NOON));
  }

  @Test
  void aWithdrawnWaitMatchesNothing() {
    node.registerAndWait(waitFor(1, "a", 7));
    node.remove(waitFor(1, "a", 7));
    node.offer(paid(100, 7, NOON), 1);

    assertThat(node.answers.receiveMessage()).isEqualTo(new Answer.Settled(1));
    node.removed.expectNoMessage(Duration.ofMillis(50));
    node.time.advance(Duration.ofMillis(200));
    assertThat(node.removed.receiveMessage()).isEqualTo(new Waits.Removed(ulid(1), "a"));
    assertThat(node.deliveries).isEmpty();
  }

  @Test
  void aRunThatWithdrawsAWaitWhileItIsAskedIsAskedOnUntilItAnswers() {
    node.registerAndWait(waitFor(1, "a", 7));
    node.offer(paid(100, 7, NOON), 1);
    node.delivery();
    node.remove(waitFor(1, "a", 7));
    node.removed.expectNoMessage(Duration.ofMillis(50));

    node.time.advance(Duration.ofSeconds(1));
    node.removed.receiveMessage();
    node.delivery().settle();

    assertThat(node.answers.receiveMessage()).isEqualTo(new Answer.Settled(1));
  }

  @Test
  void aWaitIsForgottenAMinuteAfterItsEnd() {
    node.registerAndWait(waitFor(1, "a", 7));
    node.time.advance(Duration.ofMillis(HOUR).plusSeconds(59));
    var before = node.store.facts.get();

    node.time.advance(Duration.ofSeconds(1));
    awaitFacts(before + 1);
  }

  /** Some facts are written only 200 ms later. */
  private void awaitFacts(int count) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> {
          node.time.advance(Duration.ofMillis(200));
          return node.store.facts.get() == count;
        });
  }

  @Test
  void afterAFailedWriteNothingIsHalfDone() {
    node.registerAndWait(waitFor(1, "a", 7));
    node.store.failWrites(1);
    node.register(waitFor(2, "a", 7));
    await().atMost(Duration.ofMinutes(1)).until(() -> node.store.failures.get() == 0);
    node.registered.expectNoMessage(Duration.ofMillis(100));

    node.register(waitFor(2, "a", 7));
    node.registered.receiveMessage();
    node.offer(paid(100, 7, NOON), 1);

    var asked = new HashSet<Wait>();
    for (var i = 0; i < 2; i++) {
      var delivery = node.delivery();
      asked.add(delivery.subscription());
      delivery.settle();
    }
    assertThat(asked).containsExactlyInAnyOrder(waitFor(1, "a", 7), waitFor(2, "a", 7));
    assertThat(node.answers.receiveMessage()).isEqualTo(new Answer.Settled(1));
  }

  @Test
  void tenThousandWaitsAreAnsweredByOneEvent() {
    var count = 10_000;
    for (var i = 1; i <= count; i++) {
      node.register(waitForAny(i, "a"));
    }
    node.registered.receiveSeveralMessages(count, Duration.ofSeconds(60));
    node.offer(paid(100_000, 7, NOON), 1);
    node.offer(paid(100_001, 7, NOON + HOUR), 2);
    assertThat(node.answers.receiveMessage(Duration.ofSeconds(30)))
        .as("others are heard in between")
        .isEqualTo(new Answer.Settled(2));

    for (var i = 1; i <= count; i++) {
      var delivery = node.delivery();
      assertThat(delivery.subscription().run()).as("oldest first").isEqualTo(ulid(i));
      delivery.settle();
    }
    assertThat(node.answers.receiveMessage(Duration.ofSeconds(30)))
        .isEqualTo(new Answer.Settled(1));
  }

  @Test
  void manyWaitsAreRecoveredFromASnapshotAndTheFactsAfterIt() {
    var count = 6_000;
    for (var i = 1; i <= count; i++) {
      node.register(waitFor(i, "a", i));
    }
    node.registered.receiveSeveralMessages(count, Duration.ofSeconds(60));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            node.store
                .journal()
                .loadSnapshot("waits|0", Long.MAX_VALUE)
                .toCompletableFuture()
                .join()
                .isPresent());
    node.crash();

    for (var i : new int[] {1, 5_000, 6_000}) {
      node.offer(paid(100_000 + i, i, NOON), i);
      assertThat(node.delivery().subscription().run()).isEqualTo(ulid(i));
    }
  }
}
