package dev.stepwell.engine.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import dev.stepwell.engine.HandTime;
import dev.stepwell.engine.cron.Schedules.Standing;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timer;
import dev.stepwell.engine.timer.Timers;
import dev.stepwell.engine.wakeup.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CronTicksTest {

  private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");
  private static final String CRON = "0 * * * *";

  private record SetTimer(Timer timer, ActorRef<Timers.Stored> replyTo) {
    void stored() {
      replyTo.tell(new Timers.Stored(timer));
    }
  }

  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseString("pekko.actor.testkit.typed.single-expect-default = 20 s"));

  private final HandTime time = new HandTime(NINE);
  private final LinkedBlockingQueue<Instant> appended = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<SetTimer> timers = new LinkedBlockingQueue<>();
  private final Queue<CompletableFuture<Boolean>> appends = new ArrayDeque<>();
  private final TestProbe<Answer> answers = KIT.createTestProbe(Answer.class);
  private volatile Standing standing = Standing.CURRENT;

  private final ActorRef<CronTicks.Message> ticks =
      KIT.spawn(
          CronTicks.create(
              time,
              (_, _) -> standing,
              (_, _, scheduledAt) -> {
                appended.add(scheduledAt);
                var next = appends.poll();
                return next == null ? CompletableFuture.completedFuture(true) : next;
              },
              (timer, replyTo) -> timers.add(new SetTimer(timer, replyTo))));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void aTickIsAppendedThenTheNextTimerIsStoredThenItIsSettled() throws Exception {
    var append = new CompletableFuture<Boolean>();
    appends.add(append);

    due(NINE, 1);
    assertThat(taken(appended)).isEqualTo(NINE);
    assertThat(timers).isEmpty();
    append.complete(true);
    var next = taken(timers);
    assertThat(next.timer()).isEqualTo(timer(NINE.plus(Duration.ofHours(1))));
    answers.expectNoMessage(Duration.ZERO);
    next.stored();

    answers.expectMessage(new Answer.Settled(1));
  }

  @Test
  void ticksMissedMeanwhileComeAsOne() throws Exception {
    due(NINE.minus(Duration.ofHours(7)), 1);

    assertThat(taken(appended)).isEqualTo(NINE.minus(Duration.ofHours(7)));
    assertThat(taken(timers).timer()).isEqualTo(timer(NINE.plus(Duration.ofHours(1))));
  }

  @Test
  void aTickBeforeItsTimeByTheClockOfThisNodeIsNotFollowedByItself() throws Exception {
    due(NINE.plusMillis(20), 1);

    assertThat(taken(timers).timer()).isEqualTo(timer(NINE.plus(Duration.ofHours(1))));
  }

  @Test
  void aScheduleThatIsGoneTicksNoMore() {
    standing = Standing.GONE;

    due(NINE, 1);

    answers.expectMessage(new Answer.Settled(1));
    assertThat(appended).isEmpty();
    assertThat(timers).isEmpty();
  }

  @Test
  void aScheduleThatIsNotKnownYetIsAskedForAgain() throws Exception {
    standing = Standing.UNKNOWN;
    due(NINE, 1);
    standing = Standing.CURRENT;
    due(NINE, 1);

    taken(timers).stored();

    answers.expectMessage(new Answer.Settled(1));
  }

  @Test
  void aFailedAppendIsRepeatedWhenTheTimerIs() throws Exception {
    appends.add(CompletableFuture.failedFuture(new IllegalStateException("no")));
    due(NINE, 1);
    taken(appended);

    due(NINE, 1);
    assertThat(taken(appended)).isEqualTo(NINE);
    taken(timers).stored();

    answers.expectMessage(new Answer.Settled(1));
  }

  @Test
  void aTimerWhoseAnswerWasLostIsSetAgainAndTheTickIsNot() throws Exception {
    due(NINE, 1);
    taken(appended);
    taken(timers);

    due(NINE, 2);
    taken(timers).stored();

    answers.expectMessage(new Answer.Settled(2));
    assertThat(appended).isEmpty();
  }

  @Test
  void anEnsuredTimerIsSetUntilItIsStored() throws Exception {
    ticks.tell(new CronTicks.Ensure("digest", CRON));
    var first = taken(timers);
    assertThat(first.timer()).isEqualTo(timer(NINE.plus(Duration.ofHours(1))));

    await().until(() -> time.alarms() == 1);
    time.advance(Duration.ofSeconds(2));
    var again = taken(timers);
    assertThat(again.timer()).isEqualTo(first.timer());
    again.stored();

    await()
        .until(() -> {
          time.advance(Duration.ofSeconds(2));
          return time.alarms() == 0;
        });
  }

  @Test
  void anExpressionThatNobodyCanReadDoesNotKeepTheOthersFromTicking() throws Exception {
    ticks.tell(new CronTicks.Ensure("digest", "nonsense"));
    due(NINE, 1);

    taken(timers).stored();

    answers.expectMessage(new Answer.Settled(1));
  }

  private void due(Instant at, long token) {
    var target = new Target.OfFunction("digest", CRON, at.toEpochMilli());
    ticks.tell(new CronTicks.Due(target, token, answers.getRef()));
  }

  private static Timer timer(Instant at) {
    return new Timer(new Target.OfFunction("digest", CRON, at.toEpochMilli()), at.toEpochMilli());
  }

  private static <T> T taken(LinkedBlockingQueue<T> queue) throws InterruptedException {
    var next = queue.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}
