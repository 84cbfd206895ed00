package dev.stepwell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.EventName;
import dev.stepwell.engine.execution.Story;
import dev.stepwell.engine.wait.Waits;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a run finds out that one of its waits is over. */
class RunWaitTest {

  private static final Duration SHORTLY = Duration.ofMillis(100);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofHours(1);

  @EventName("order/paid")
  record Paid(String orderId) {}

  private static Story.Body waiting(Duration atMost) {
    return (_, step) ->
        step.waitFor("paid", Paid.class).atMost(atMost).map(Paid::orderId).orElse("nothing");
  }

  private static List<Waits.Register> asked(RunFixture runs) {
    return runs.others.told(Waits.KIND, Waits.Register.class);
  }

  private static Waits.Register awaitAsked(RunFixture runs, int times) {
    await().until(() -> asked(runs).size() == times);
    return asked(runs).getLast();
  }

  /** Lets the run's alarm for its wait ring. */
  private static Waits.Register awaitRung(RunFixture runs, Duration in, int times) {
    await().until(() -> runs.time.hasAlarmUntil(runs.time.instant().plus(in)));
    runs.time.advance(in);
    return awaitAsked(runs, times);
  }

  private static void answer(Waits.Register asked, boolean matched) {
    var wait = asked.subscription();
    asked
        .replyTo()
        .tell(
            new Waits.Registered(wait.run(), wait.step(), asked.over(), matched, Optional.empty()));
  }

  @Test
  void aWaitTimesOutOnceItWasLookedAfterAtItsEnd() {
    try (var runs = new RunFixture(waiting(SHORT))) {
      runs.answering = false;
      var source = runs.start();
      var first = awaitAsked(runs, 1);
      assertThat(first.over()).isFalse();
      answer(first, false);
      var last = awaitRung(runs, SHORT, 2);
      assertThat(last.over()).isTrue();
      source.expectNoMessage(SHORTLY);
      answer(last, false);

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(1));
      assertThat(runs.output()).contains(Json.of("\"nothing\""));
    }
  }

  @Test
  void anAnswerToWhatWasAskedBeforeTheEndEndsNoWait() {
    try (var runs = new RunFixture(waiting(SHORT))) {
      runs.answering = false;
      var source = runs.start();
      var first = awaitAsked(runs, 1);
      awaitRung(runs, SHORT, 2);
      answer(first, false);
      var again = awaitAsked(runs, 3);

      source.expectNoMessage(SHORTLY);
      assertThat(again.over()).isTrue();
      answer(again, false);

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(1));
    }
  }

  @Test
  void aMatchThatIsSaidToBeOnItsWayAndGetsLostIsAskedForAgain() {
    try (var runs = new RunFixture(waiting(SHORT))) {
      runs.answering = false;
      var source = runs.start();
      answer(awaitAsked(runs, 1), false);
      answer(awaitRung(runs, SHORT, 2), true);
      source.expectNoMessage(SHORTLY);

      answer(awaitRung(runs, Duration.ofSeconds(1), 3), false);

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(1));
    }
  }

  @Test
  void aWaitThatHasLeftMemoryIsLookedAfterWhenItsTimerIsDue() {
    try (var runs = new RunFixture(waiting(LONG))) {
      runs.live();
      runs.answering = false;
      runs.time.advance(LONG);
      var source = runs.ring(2);

      var last = awaitAsked(runs, 2);
      assertThat(last.over()).isTrue();
      source.expectNoMessage(SHORTLY);
      answer(last, false);

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(2));
      assertThat(runs.output()).contains(Json.of("\"nothing\""));
    }
  }
}
