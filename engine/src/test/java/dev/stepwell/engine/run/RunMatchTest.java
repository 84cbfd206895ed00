package dev.stepwell.engine.run;

import static dev.stepwell.engine.run.Samples.HOUR;
import static dev.stepwell.engine.run.Samples.NOON;
import static dev.stepwell.engine.run.Samples.PLACED;
import static dev.stepwell.engine.run.Samples.SECOND;
import static dev.stepwell.engine.run.Samples.cancelled;
import static dev.stepwell.engine.run.Samples.completed;
import static dev.stepwell.engine.run.Samples.paid;
import static dev.stepwell.engine.run.Samples.sleeping;
import static dev.stepwell.engine.run.Samples.state;
import static dev.stepwell.engine.run.Samples.succeeded;
import static dev.stepwell.engine.run.Samples.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run says to an event that may be for one of its waits. */
class RunMatchTest {

  private static final long NOW = NOON + 5 * SECOND;
  private static final Decision USED_BEFORE = Decision.accept();
  private static final Decision DECLINED = new Decision.Decline(true);
  private static final Decision TOO_LATE = new Decision.Decline(false);
  private static final RunFact.WaitMatched MATCHED =
      new RunFact.WaitMatched("paid", paid(2), NOON + SECOND);

  @Test
  void anEventAnswersAWait() {
    assertThat(match(state(waiting("paid", NOW + 1)), "paid", paid(2)))
        .isEqualTo(Decision.accept(new RunFact.WaitMatched("paid", paid(2), NOW)));
  }

  @Test
  void anEventThatComesAfterTheInstantButBeforeTheTimeOutStillCounts() {
    assertThat(match(state(waiting("paid", NOW - 1)), "paid", paid(2)))
        .isEqualTo(Decision.accept(new RunFact.WaitMatched("paid", paid(2), NOW)));
  }

  @Test
  void theEventThatHasAnsweredAWaitIsAcceptedAgainAlsoAfterTheEnd() {
    assertThat(match(state(waiting("paid", NOW), MATCHED), "paid", paid(2))).isEqualTo(USED_BEFORE);
    for (var end : List.of(completed(), cancelled())) {
      assertThat(match(state(waiting("paid", NOW), MATCHED, end), "paid", paid(2)))
          .isEqualTo(USED_BEFORE);
    }
  }

  @Test
  void anyOtherEventIsTooLateForAWaitThatIsOver() {
    var timedOut = new RunFact.WaitTimedOut("paid", NOW);
    var refused = new RunFact.WaitRefused("paid", new Failure("SignalTaken", "", ""), NOW);
    for (var end : List.of(MATCHED, timedOut, refused, completed(), cancelled())) {
      assertThat(match(state(waiting("paid", NOW), end), "paid", paid(3)))
          .as(end.toString())
          .isEqualTo(TOO_LATE);
    }
  }

  @Test
  void anEventAnswersOneWaitOfARunAtMost() {
    var run = state(waiting("paid", NOW + HOUR), MATCHED, waiting("second", NOW + HOUR));

    assertThat(match(run, "second", paid(2))).isEqualTo(DECLINED);
    assertThat(match(run, "second", paid(3)))
        .isEqualTo(Decision.accept(new RunFact.WaitMatched("second", paid(3), NOW)));
  }

  @Test
  void theEventThatStartedARunAnswersNoneOfItsWaits() {
    assertThat(match(state(waiting("paid", NOW + HOUR)), "paid", PLACED)).isEqualTo(DECLINED);
  }

  @Test
  void aStepThatIsNoWaitTakesNoEvent() {
    var run = state(sleeping("nap", NOW + HOUR), succeeded("charge"));
    for (var step : List.of("nap", "charge", "nobody", "")) {
      assertThat(match(run, step, paid(2))).as(step).isEqualTo(TOO_LATE);
    }
  }

  @Test
  void aRunThatIsNotThereTakesNoEvent() {
    assertThat(match(RunState.ABSENT, "paid", paid(2))).isEqualTo(TOO_LATE);
  }

  private static Decision match(RunState state, String step, Event event) {
    return RunRules.decide(state, new RunCommand.Match(step, event), Samples.POLICY, NOW, 0);
  }
}
