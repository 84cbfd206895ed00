package dev.stepwell.engine.event;

import static dev.stepwell.engine.event.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timer;
import dev.stepwell.engine.timer.Timers;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events whose own instant has not come yet. */
class EventLogParkedTest {

  private static final Event LATER = Samples.event(1, Optional.empty(), NOON + Samples.HOUR);
  private static final Duration SHORTLY = Duration.ofMillis(100);

  private final EventLogFixture partition = new EventLogFixture();

  @AfterEach
  void stop() {
    partition.close();
  }

  @Test
  void aParkedEventStartsNothingButATimerForItsInstant() {
    partition.append(LATER);

    await().until(() -> !partition.timers().isEmpty());
    assertThat(partition.timers().getFirst().timer())
        .isEqualTo(new Timer(new Target.OfEvent(LATER.id()), NOON + Samples.HOUR));
    partition.sync();
    assertThat(partition.starts).isEmpty();
  }

  @Test
  void theTimerIsSetOnlyOnceTheIndexHasTheEvent() {
    partition.index.hold();
    partition.append(LATER);
    partition.advance(Duration.ofSeconds(5));
    assertThat(partition.timers()).isEmpty();

    partition.index.letGo();

    await().until(() -> !partition.timers().isEmpty());
    assertThat(partition.row(LATER)).isPresent();
  }

  @Test
  void theTimerIsAskedForUntilItIsStoredAndThenTheEventIsForgotten() {
    partition.append(LATER);
    await().until(() -> partition.timers().size() == 1);
    partition.advance(Duration.ofSeconds(1));
    assertThat(partition.timers()).hasSize(2);

    // Both are answered; that counts once.
    partition.timers().forEach(set -> set.replyTo().tell(new Timers.Stored(set.timer())));
    partition.advance(Duration.ofSeconds(5));
    assertThat(partition.timers()).hasSize(2);

    partition.crash();
    partition.sync();
    partition.advance(Duration.ofSeconds(5));
    assertThat(partition.timers()).hasSize(2);
  }

  @Test
  void whenItsInstantHasComeItsRunsAreStartedAndTheTimerWaitsForThem() {
    park();
    var timer = partition.probe(Answer.class);

    partition.log.tell(new EventLog.Release(LATER.id(), 7, timer.getRef()));

    var first = partition.nextStart();
    var second = partition.nextStart();
    assertThat(Set.of(first.run(), second.run()))
        .isEqualTo(Set.of(LATER.id().derive("ship"), LATER.id().derive("bill")));
    first.settle();
    partition.sync();
    timer.expectNoMessage(SHORTLY);
    second.settle();
    assertThat(timer.receiveMessage()).isEqualTo(new Answer.Settled(7));
  }

  @Test
  void aTimerThatRepeatsItselfStartsNothingTwiceAndIsAnsweredByItsLatestToken() {
    park();
    var timer = partition.probe(Answer.class);
    partition.log.tell(new EventLog.Release(LATER.id(), 7, timer.getRef()));
    var first = partition.nextStart();
    var second = partition.nextStart();

    partition.log.tell(new EventLog.Release(LATER.id(), 8, timer.getRef()));
    partition.sync();
    assertThat(partition.starts).isEmpty();
    first.settle();
    second.settle();

    assertThat(timer.receiveMessage()).isEqualTo(new Answer.Settled(8));
    timer.expectNoMessage(SHORTLY);
  }

  @Test
  void aTimerOfAnEventThatIsNoMoreHasSettled() {
    var timer = partition.probe(Answer.class);
    partition.log.tell(new EventLog.Release(LATER.id(), 7, timer.getRef()));
    assertThat(timer.receiveMessage()).isEqualTo(new Answer.Settled(7));
  }

  @Test
  void anEventThatCannotBeReadIsNotLost() {
    park();
    var timer = partition.probe(Answer.class);
    partition.index.failNext(1);
    partition.log.tell(new EventLog.Release(LATER.id(), 7, timer.getRef()));
    partition.sync();
    timer.expectNoMessage(SHORTLY);

    partition.log.tell(new EventLog.Release(LATER.id(), 7, timer.getRef()));

    partition.nextStart();
  }

  @Test
  void aPartitionThatKnowsNobodysPathsAsksUntilItIsAnswered() {
    park();
    partition.paths.clear();
    partition.crash();
    var timer = partition.probe(Answer.class);
    partition.log.tell(new EventLog.Release(LATER.id(), 7, timer.getRef()));
    partition.sync();
    assertThat(partition.starts).isEmpty();

    partition.paths.put(Samples.NAME, Set.of());
    await()
        .until(() -> {
          partition.advance(Duration.ofSeconds(1));
          partition.log.tell(new EventLog.Release(LATER.id(), 7, timer.getRef()));
          return !partition.starts.isEmpty();
        });
  }

  /** Has the event parked, and forgotten by its partition. */
  private void park() {
    partition.append(LATER);
    await().until(() -> !partition.timers().isEmpty());
    partition.timers().forEach(set -> set.replyTo().tell(new Timers.Stored(set.timer())));
    partition.advance(EventLogDesk.FORGET_WITHIN);
  }
}
