package dev.stepwell.engine.event;

import static dev.stepwell.engine.event.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.FaultyJournal.Fate;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Ulid;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLogTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration SHORTLY = Duration.ofMillis(100);

  private final EventLogFixture partition = new EventLogFixture();

  @AfterEach
  void stop() {
    partition.close();
  }

  @Test
  void anEventIsAnsweredForOnceItIsStoredAndNoSooner() {
    partition.journal().hold();
    var answer = partition.ask(event(1));
    await().until(() -> partition.journal().writes().size() == 1);
    answer.expectNoMessage(SHORTLY);
    assertThat(partition.starts).isEmpty();

    partition.journal().letGo();

    assertThat(answer.receiveMessage()).isEqualTo(new EventLog.Appended(false));
    partition.nextStart();
  }

  @Test
  void everySubscribedFunctionGetsOneRunWithAnIdOfEventAndFunction() {
    partition.append(event(1));

    assertThat(partition.nextRuns(2)).isEqualTo(runs(1));
    partition.sync();
    assertThat(partition.starts).isEmpty();
  }

  @Test
  void requestsThatComeDuringAWriteAreStoredTogetherWithTheNext() {
    partition.append(event(1));
    assertThat(partition.journal().writes()).hasSize(1);

    partition.append(event(2), event(3), event(4));

    assertThat(partition.journal().writes()).hasSize(2);
  }

  @Test
  void aRequestThatIsRepeatedStartsTheSameRunsOnly() {
    partition.append(event(1));
    partition.nextStart();
    partition.nextStart();

    partition.append(event(1));

    partition.sync();
    assertThat(partition.starts).isEmpty();
    assertThat(partition.journal().writes()).hasSize(1);
  }

  @Test
  void whatCouldNotBeStoredIsNotAnsweredForAndTheNextRequestIs() {
    partition.journal().fail(Fate.FAILS_BEFORE);
    var answer = partition.ask(event(1));
    await().until(() -> partition.journal().writes().size() == 1);

    partition.append(event(1));

    answer.expectNoMessage(SHORTLY);
    assertThat(partition.nextRuns(2)).isEqualTo(runs(1));
    partition.sync();
    assertThat(partition.starts).isEmpty();
  }

  @Test
  void whatMayBeStoredIsFoundAgainAndDeliveredThoughNobodyWasAnswered() {
    partition.journal().fail(Fate.FAILS_AFTER);
    var answer = partition.ask(event(1));

    assertThat(partition.nextRuns(2)).isEqualTo(runs(1));
    answer.expectNoMessage(SHORTLY);
    partition.append(event(1));
    assertThat(partition.starts).isEmpty();
  }

  @Test
  void aRunThatDoesNotSettleIsStartedAgainUntilItDoes() {
    partition.append(event(1));
    var first = partition.nextStart();
    var second = partition.nextStart();
    first.settle();

    partition.advance(SECOND);

    var again = partition.nextStart();
    assertThat(again).isEqualTo(second);
    again.settle();
    partition.advance(Duration.ofMinutes(1));
    assertThat(partition.starts).isEmpty();
  }

  @Test
  void everythingUnsettledIsStartedAgainAtOnceWhenSomebodyMayBeGone() {
    partition.append(event(1));
    var started = partition.nextStarts(2);

    partition.log.tell(new EventLog.Hurry());

    assertThat(partition.nextStarts(2)).isEqualTo(started);
  }

  @Test
  void whatHasNotSettledIsStartedInTheNextLife() {
    partition.append(event(1), event(2));
    for (var i = 0; i < 4; i++) {
      var start = partition.nextStart();
      if (start.event().equals(event(1))) {
        start.settle();
      }
    }
    partition.sync();
    partition.advance(EventLogDesk.FORGET_WITHIN);

    partition.crash();

    assertThat(partition.nextRuns(2)).isEqualTo(runs(2));
    partition.sync();
    assertThat(partition.starts).isEmpty();
  }

  @Test
  void whatSettledButWasNotForgottenOnDiskIsStartedOnceMore() {
    partition.append(event(1));
    partition.nextStart().settle();
    partition.nextStart().settle();
    partition.sync();

    partition.crash();

    assertThat(partition.nextRuns(2)).isEqualTo(runs(1));
  }

  @Test
  void whatIsDoneWithIsForgottenByOneWriteForMany() {
    for (var i = 1; i <= 50; i++) {
      partition.append(event(i));
    }
    for (var i = 0; i < 100; i++) {
      partition.nextStart().settle();
    }
    partition.sync();
    var before = partition.journal().writes().size();

    partition.advance(EventLogDesk.FORGET_WITHIN.minusMillis(1));
    assertThat(partition.journal().writes()).hasSize(before);
    partition.advance(Duration.ofMillis(1));

    assertThat(partition.journal().writes()).hasSize(before + 1);
  }

  @Test
  void whatIsDoneWithIsForgottenWithTheNextEvents() {
    partition.append(event(1));
    partition.nextStart().settle();
    partition.nextStart().settle();
    partition.sync();
    var before = partition.journal().writes().size();

    partition.append(event(2));

    assertThat(partition.nextRuns(2)).isEqualTo(runs(2));
    partition.advance(EventLogDesk.FORGET_WITHIN);
    assertThat(partition.journal().writes()).hasSize(before + 1);
    partition.crash();
    assertThat(partition.nextRuns(2)).isEqualTo(runs(2));
    partition.sync();
    assertThat(partition.starts).isEmpty();
  }

  @Test
  void anEventIsInTheIndexWithWhatItStarted() {
    partition.append(event(1));

    await().until(() -> partition.row(event(1)).isPresent());
    assertThat(partition.row(event(1)).orElseThrow().functions())
        .isEqualTo(EventLogFixture.FUNCTIONS);
  }

  @Test
  void anEventThatIsNotInTheIndexYetIsNotForgotten() {
    partition.index.failNext(1);
    partition.append(event(1));
    partition.nextStart().settle();
    partition.nextStart().settle();
    partition.awaitPuts(1);
    assertThat(partition.row(event(1))).isEmpty();

    partition.advance(SECOND);

    await().until(() -> partition.row(event(1)).isPresent());
  }

  @Test
  void aPartitionWithTooMuchToDoTakesNoMoreUntilSomethingHasSettled() {
    partition.bytesMax = 600;
    partition.crash();
    partition.append(event(1), event(2));

    assertThat(partition.ask(event(3)).receiveMessage()).isEqualTo(new EventLog.Appended(true));
    assertThat(partition.journal().writes()).hasSize(1);

    for (var i = 0; i < 4; i++) {
      partition.nextStart().settle();
    }
    partition.sync();
    partition.append(event(3));
  }

  @Test
  void runsMayPublishHoweverMuchThereIsToDoOrTheyCouldNeverSettle() {
    partition.bytesMax = 600;
    partition.crash();
    partition.append(event(1), event(2));
    assertThat(partition.ask(event(3)).receiveMessage()).isEqualTo(new EventLog.Appended(true));

    assertThat(partition.publish(event(4)).receiveMessage())
        .isEqualTo(new EventLog.Appended(false));
  }

  @Test
  void onlySoManyRunsAreStartedAtATime() {
    var events = LongStream.rangeClosed(1, 400).mapToObj(Samples::event).toArray(Event[]::new);
    partition.append(events);
    await().until(() -> partition.starts.size() == EventDeliveries.YOUNG_MAX);
    partition.sync();
    assertThat(partition.starts).hasSize(EventDeliveries.YOUNG_MAX);

    var seen = new HashSet<Ulid>();
    while (seen.size() < 800) {
      var start = partition.nextStart();
      assertThat(seen.add(start.run())).isTrue();
      start.settle();
    }
  }

  private static Set<Ulid> runs(long number) {
    return Set.of(event(number).id().derive("ship"), event(number).id().derive("bill"));
  }
}
