package dev.stepwell.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stepwell.engine.execution.Story;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.wakeup.Answer;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a run tells whoever has an event or a signal for it. */
class RunMatchAnswerTest {

  private static final Story.Body LISTENING =
      (_, step) ->
          step.waitForSignal("go", "sig-1", String.class, Duration.ofHours(1)).orElse("none");

  private static final Event NOW = Samples.event(9, "inngest/signal", "\"now\"");
  private static final Event LATER = Samples.event(10, "inngest/signal", "\"later\"");

  @Test
  void aMatchSaysAcceptedOnceItIsStoredAndSettledWhenTheCodeIsThrough() {
    try (var runs = new RunFixture(LISTENING)) {
      runs.live();

      var source = runs.wake(2, new RunCommand.Match("go", NOW));

      assertThat(source.receiveMessage()).isEqualTo(new Answer.Accepted(2));
      assertThat(source.receiveMessage()).isEqualTo(new Answer.Settled(2));
      assertThat(runs.output()).contains(Json.of("\"now\""));
    }
  }

  @Test
  void aMatchThatTheRunHadNoUseForIsAnsweredTooLateAndNotAccepted() {
    try (var runs = new RunFixture(LISTENING)) {
      assertThat(runs.wake(2, new RunCommand.Match("go", NOW)).receiveMessage())
          .isEqualTo(new Answer.TooLate(2));
      runs.live();
      runs.cancel().receiveMessage();

      var source = runs.wake(3, new RunCommand.Match("go", NOW));

      assertThat(source.receiveMessage()).isEqualTo(new Answer.TooLate(3));
    }
  }

  @Test
  void aLifeThatBeginsWithALateMatchAnswersWhenAllThatFollowsIsSure() {
    Story.Body body =
        (_, step) -> {
          step.waitForSignal("go", "sig-1", String.class, Duration.ofHours(1));
          step.sleep("nap", Duration.ofHours(2));
          return "done";
        };
    try (var runs = new RunFixture(body)) {
      runs.live();
      runs.answering = false;
      assertThat(runs.wake(2, new RunCommand.Match("go", NOW)).receiveMessage())
          .isEqualTo(new Answer.Accepted(2));
      await().until(() -> runs.timersSet().size() == 2);
      runs.crashing = true;
      runs.stop();
      await().until(() -> !runs.handedOn.isEmpty());
      runs.crashing = false;

      var source = runs.wake(3, new RunCommand.Match("go", LATER));
      runs.wake(3, new RunCommand.Match("go", LATER));
      source.expectNoMessage(Duration.ofMillis(200));
      assertThat(runs.timersSet()).as("it is seen to again").hasSizeGreaterThan(2);
      runs.answerAll();

      assertThat(source.receiveMessage()).isEqualTo(new Answer.TooLate(3));
    }
  }

  @Test
  void aLateMatchOfAnEndedRunPutsItOnTheListBeforeItIsAnswered() {
    try (var runs = new RunFixture(LISTENING)) {
      runs.live();
      runs.wake(2, new RunCommand.Match("go", NOW)).receiveSeveralMessages(2);
      runs.forgetRow();

      var source = runs.wake(3, new RunCommand.Match("go", LATER));

      assertThat(source.receiveMessage()).isEqualTo(new Answer.TooLate(3));
      assertThat(runs.row().orElseThrow().status()).isEqualTo(RunStatus.COMPLETED);
    }
  }
}
