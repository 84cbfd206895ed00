package dev.stepwell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.execution.Story;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.timer.Target;
import dev.stepwell.engine.timer.Timers;
import dev.stepwell.engine.wait.Waits;
import dev.stepwell.engine.wakeup.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunCancelTest {

  private static final Duration SHORTLY = Duration.ofMillis(100);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final RunEntity.Cancellation DONE = new RunEntity.Cancellation(Optional.empty());

  private static final Story.Body WAITS =
      (_, step) -> step.waitForSignal("go", "sig-1", String.class, HOUR).orElse("nobody");

  @Test
  void aParkedRunIsCancelledOnceATimerMakesSureOfWhatFollows() {
    try (var runs = new RunFixture(WAITS)) {
      runs.live();
      var before = runs.writes().size();
      runs.answering = false;

      var answer = runs.cancel();
      await().until(() -> guards(runs) == 1);
      answer.expectNoMessage(SHORTLY);
      assertThat(runs.writes()).hasSize(before);
      runs.answerAll();

      assertThat(answer.receiveMessage()).isEqualTo(DONE);
      assertThat(runs.view().orElseThrow().status()).isEqualTo(RunStatus.CANCELLED);
    }
  }

  @Test
  void theGuardSettlesOnceWhatFollowsFromTheCancellationIsMadeSureOf() {
    try (var runs = new RunFixture(WAITS)) {
      runs.live();
      runs.cancel().receiveMessage();
      var removals = removals(runs);

      var source = runs.wake(9, new RunCommand.Due(RunCommand.Due.GUARD, Samples.NOON));

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(9));
      assertThat(removals(runs)).isEqualTo(removals + 1);
      assertThat(runs.row().orElseThrow().status()).isEqualTo(RunStatus.CANCELLED);
    }
  }

  @Test
  void aCancelledRunLetsGoOfItsWaitsAndTimers() {
    try (var runs = new RunFixture(WAITS)) {
      runs.live();

      assertThat(runs.cancel().receiveMessage()).isEqualTo(DONE);

      await().until(() -> removals(runs) == 1);
      assertThat(runs.others.told(Timers.KIND, Timers.Cancel.class))
          .extracting(cancel -> ((Target.OfRun) cancel.timer().target()).step())
          .containsExactly("go");
    }
  }

  @Test
  void aRunIsCancelledWhileItsCodeExecutesAndTheCodeIsNotHeardAnyMore() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Story.Body body =
        (_, step) ->
            step.run(
                "a",
                () -> {
                  begun.countDown();
                  return goOn.await(10, TimeUnit.SECONDS) ? "late" : "";
                });
    try (var runs = new RunFixture(body)) {
      var source = runs.start();
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(runs.cancel().receiveMessage()).isEqualTo(DONE);
      goOn.countDown();

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(1));
      assertThat(runs.view().orElseThrow().status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(runs.writes().getLast()).hasSize(1);
      assertThat(guards(runs)).isZero();
    }
  }

  @Test
  void aSecondCancellationIsRefusedAndSoIsOneOfARunThatIsNotThere() {
    try (var runs = new RunFixture(WAITS)) {
      assertThat(runs.cancel().receiveMessage().refusal()).contains(new Refusal.NotFound());
      runs.live();
      runs.cancel().receiveMessage();

      assertThat(runs.cancel().receiveMessage().refusal())
          .contains(new Refusal.AlreadyEnded(RunStatus.CANCELLED));
    }
  }

  @Test
  void cancellationsThatComeTogetherAreAllAnswered() {
    try (var runs = new RunFixture(WAITS)) {
      runs.live();
      runs.answering = false;
      var first = runs.cancel();
      var second = runs.cancel();
      await().until(() -> guards(runs) > 0);
      runs.answerAll();

      assertThat(first.receiveMessage()).isEqualTo(DONE);
      assertThat(second.receiveMessage().refusal())
          .contains(new Refusal.AlreadyEnded(RunStatus.CANCELLED));
      assertThat(runs.writes().stream().flatMap(List::stream))
          .filteredOn(RunFact.Ended.class::isInstance)
          .hasSize(1);
    }
  }

  private static long guards(RunFixture runs) {
    return runs.timersSet().stream()
        .filter(set ->
            set.timer().target() instanceof Target.OfRun(_, var step)
                && step.equals(RunCommand.Due.GUARD))
        .count();
  }

  private static int removals(RunFixture runs) {
    return runs.others.told(Waits.KIND, Waits.Remove.class).size();
  }
}
