package dev.stepwell.engine.wait;

import static dev.stepwell.engine.wait.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.HandTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/** How a node closes the event log for its waits. */
class LogClosingTest {

  private static final int LOGS = 2;

  private final HandTime time = new HandTime(Instant.ofEpochMilli(NOON));
  private final List<Long> rounds = new ArrayList<>();
  private final BehaviorTestKit<LogClosing.Message> closing =
      BehaviorTestKit.create(LogClosing.create(LOGS, this::announced, time));
  private final TestInbox<LogClosing.Closed> one = TestInbox.create();
  private final TestInbox<LogClosing.Closed> another = TestInbox.create();

  private void announced(long untilMillis, ActorRef<LogClosing.PartitionClosed> replyTo) {
    rounds.add(untilMillis);
  }

  private void close(TestInbox<LogClosing.Closed> asker, long untilMillis) {
    closing.run(new LogClosing.Close(untilMillis, asker.getRef()));
  }

  private void answer(int partition, long untilMillis) {
    closing.run(new LogClosing.PartitionClosed(partition, untilMillis));
  }

  private void answerAll(long untilMillis) {
    for (var partition = 0; partition < LOGS; partition++) {
      answer(partition, untilMillis);
    }
  }

  private void advance(Duration by) {
    time.advance(by);
    while (closing.selfInbox().hasMessages()) {
      closing.run(closing.selfInbox().receiveMessage());
    }
  }

  private static LogClosing.Closed closed(long untilMillis) {
    return new LogClosing.Closed(untilMillis);
  }

  @Test
  void theLogIsClosedWhenEveryPartitionIs() {
    close(one, NOON);
    answer(0, NOON);
    answer(0, NOON);
    assertThat(one.hasMessages()).isFalse();

    answer(1, NOON);

    assertThat(one.getAllReceived()).containsExactly(closed(NOON));
  }

  @Test
  void whatIsClosedAlreadyCostsNoRound() {
    close(one, NOON);
    answerAll(NOON);

    close(another, NOON - 7);

    assertThat(another.getAllReceived()).containsExactly(closed(NOON));
    assertThat(rounds).containsExactly(NOON);
  }

  @Test
  void oneRoundIsForAllWhoHaveAskedMeanwhile() {
    close(one, NOON - 9);
    close(another, NOON - 1);
    close(one, NOON - 2);
    answerAll(NOON - 9);
    advance(LogClosing.PACE);

    assertThat(rounds).containsExactly(NOON - 9, NOON - 1);
    one.getAllReceived();
    another.getAllReceived();
    answerAll(NOON - 1);
    assertThat(one.getAllReceived()).containsExactly(closed(NOON - 1));
    assertThat(another.getAllReceived()).containsExactly(closed(NOON - 1));
  }

  @Test
  void roundsBeginNoFasterThanThePace() {
    close(one, NOON - 2);
    answerAll(NOON - 2);
    close(one, NOON - 1);
    advance(LogClosing.PACE.minusMillis(1));
    assertThat(rounds).containsExactly(NOON - 2);

    advance(Duration.ofMillis(1));

    assertThat(rounds).containsExactly(NOON - 2, NOON - 1);
  }

  @Test
  void whatIsNotAnsweredIsToldAgainWhenSomebodyAsksAgain() {
    close(one, NOON);
    answer(0, NOON);
    close(one, NOON);
    assertThat(rounds).as("nobody has had the time to answer").hasSize(1);

    advance(Duration.ofSeconds(1));
    close(one, NOON);
    assertThat(rounds).containsExactly(NOON, NOON);
    answer(1, NOON);

    assertThat(one.getAllReceived()).containsExactly(closed(NOON));
  }

  @Test
  void thePartitionWithTheSlowestClockDecides() {
    close(one, NOON);
    answer(0, NOON);
    answer(1, NOON - 40);
    assertThat(one.getAllReceived()).containsExactly(closed(NOON - 40));

    advance(Duration.ofMillis(39));
    assertThat(rounds).hasSize(1);
    advance(Duration.ofMillis(1));
    answerAll(NOON);

    assertThat(rounds).containsExactly(NOON, NOON);
    assertThat(one.getAllReceived()).containsExactly(closed(NOON));
  }

  @Test
  void aWaitWhoseNodesClockIsFarAheadHoldsUpNobody() {
    close(one, NOON + 3_600_000);
    answerAll(NOON);
    advance(LogClosing.PACE);

    close(another, NOON + 5);
    answerAll(NOON + 5);

    assertThat(another.getAllReceived()).containsExactly(closed(NOON + 5));
    advance(Duration.ofSeconds(10));
    assertThat(rounds).hasSizeLessThan(5);
  }

  @Test
  void nothingTicksWhenNobodyWaits() {
    close(one, NOON);
    answerAll(NOON);

    assertThat(time.hasAlarmUntil(Instant.MAX)).isFalse();
  }
}
