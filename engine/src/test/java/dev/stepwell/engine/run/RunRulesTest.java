package dev.stepwell.engine.run;

import static dev.stepwell.engine.run.Samples.BOOM;
import static dev.stepwell.engine.run.Samples.HOUR;
import static dev.stepwell.engine.run.Samples.NOON;
import static dev.stepwell.engine.run.Samples.PAID;
import static dev.stepwell.engine.run.Samples.PLACED;
import static dev.stepwell.engine.run.Samples.POLICY;
import static dev.stepwell.engine.run.Samples.SECOND;
import static dev.stepwell.engine.run.Samples.active;
import static dev.stepwell.engine.run.Samples.attemptFailed;
import static dev.stepwell.engine.run.Samples.cancelled;
import static dev.stepwell.engine.run.Samples.completed;
import static dev.stepwell.engine.run.Samples.failed;
import static dev.stepwell.engine.run.Samples.invoking;
import static dev.stepwell.engine.run.Samples.paid;
import static dev.stepwell.engine.run.Samples.sleeping;
import static dev.stepwell.engine.run.Samples.state;
import static dev.stepwell.engine.run.Samples.succeeded;
import static dev.stepwell.engine.run.Samples.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.Report.Again;
import dev.stepwell.engine.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunRulesTest {

  private static final long NOW = NOON + 5 * SECOND;
  private static final Json DONE = Json.of("\"done\"");
  private static final Again BY_RULE = new Again.ByRule();

  // A run that is not there.

  @Test
  void aStartBeginsARun() {
    assertThat(facts(RunState.ABSENT, new RunCommand.Start("fulfil-order", PLACED)))
        .containsExactly(new RunFact.Started("fulfil-order", PLACED, NOW));
  }

  @Test
  void nothingElseBeginsARun() {
    for (var command :
        List.of(
            new RunCommand.Due("nap", NOW),
            new RunCommand.Due(RunCommand.Due.GUARD, NOW),
            new RunCommand.InvokeEnd("pack", new Outcome.Cancelled("")),
            new RunCommand.Progress(List.of(new Report.Returned(DONE))))) {
      assertThat(facts(RunState.ABSENT, command)).as(command.toString()).isEmpty();
    }
  }

  @Test
  void aRunThatIsNotThereCannotBeCancelled() {
    assertThat(decide(RunState.ABSENT, new RunCommand.Cancel("")))
        .isEqualTo(new Decision.Refuse(new Refusal.NotFound()));
  }

  // A run under way.

  @Test
  void aSecondStartChangesNothing() {
    assertThat(facts(state(), new RunCommand.Start("fulfil-order", PLACED))).isEmpty();
  }

  @Test
  void aStepsResultIsRecorded() {
    assertThat(report(state(), new Report.Succeeded("charge", DONE, NOON)))
        .containsExactly(new RunFact.StepSucceeded("charge", DONE, NOON, NOW));
  }

  @Test
  void theFirstResultOfAStepStays() {
    var recorded = state(succeeded("a"), failed("b"), sleeping("c", NOON), waiting("d", NOON));

    for (var step : List.of("a", "b", "c", "d")) {
      assertThat(
              report(
                  recorded,
                  new Report.Succeeded(step, DONE, NOON),
                  new Report.Threw(step, BOOM, BY_RULE, NOON),
                  new Report.Sleep(step, NOW + 1),
                  new Report.Wait(step, PAID, 1, true),
                  new Report.Invoke(step, "pack", DONE, 1)))
          .as(step)
          .isEmpty();
    }
  }

  @Test
  void aRetriedStepMayStillSucceed() {
    assertThat(
            report(state(attemptFailed("charge", NOW)), new Report.Succeeded("charge", DONE, NOON)))
        .containsExactly(new RunFact.StepSucceeded("charge", DONE, NOON, NOW));
  }

  @Test
  void aStepIsTriedOnceMoreThanItsRetries() {
    var run = state();
    for (var attempt = 1; attempt <= 2; attempt++) {
      var fact = report(run, new Report.Threw("charge", BOOM, BY_RULE, NOON)).getFirst();
      assertThat(fact).isInstanceOf(RunFact.StepAttemptFailed.class);
      run = run.apply(fact);
    }
    assertThat(report(run, new Report.Threw("charge", BOOM, BY_RULE, NOON)))
        .containsExactly(new RunFact.StepFailed("charge", BOOM, NOON, NOW));
  }

  @Test
  void aRetryWaitsAsTheTableSays() {
    assertThat(retryAt(new RunPolicy(4, 0, 10, 0), BY_RULE)).isEqualTo(NOW + 15 * SECOND);
  }

  @Test
  void aRetryWaitsAsThePolicySaysInstead() {
    assertThat(retryAt(new RunPolicy(4, 250, 10, 0), BY_RULE)).isEqualTo(NOW + 250);
  }

  @Test
  void aRetryWaitsAsTheCodeAskedWithinASecondAndADay() {
    var policy = new RunPolicy(4, 250, 10, 0);
    assertThat(retryAt(policy, new Again.After(90 * SECOND))).isEqualTo(NOW + 90 * SECOND);
    assertThat(retryAt(policy, new Again.After(0))).isEqualTo(NOW + SECOND);
    assertThat(retryAt(policy, new Again.After(Long.MAX_VALUE))).isEqualTo(NOW + 24 * HOUR);
  }

  @Test
  void aStepThatAsksForNoRetryGetsNone() {
    assertThat(report(state(), new Report.Threw("charge", BOOM, new Again.Never(), NOON)))
        .containsExactly(new RunFact.StepFailed("charge", BOOM, NOON, NOW));
  }

  @Test
  void aRunThatAskedForAPauseGetsNoMoreAttemptsForIt() {
    var noRetries = new RunPolicy(0, 0, 10, 0);
    assertThat(report(state(), noRetries, new Report.Threw("s", BOOM, new Again.After(5), NOON)))
        .containsExactly(new RunFact.StepFailed("s", BOOM, NOON, NOW));
  }

  @Test
  void aWaitLooksBackToTheInstantItsRunsEventWasAccepted() {
    assertThat(report(state(), new Report.Wait("paid", PAID, HOUR, true)))
        .containsExactly(
            new RunFact.WaitStarted(
                "paid", PAID, NOW + HOUR, OptionalLong.of(PLACED.receivedAtMillis()), NOW));
  }

  @Test
  void aWaitThatDoesNotLookBackHearsWhatComesWhileItIsBeingRegistered() {
    assertThat(report(state(), new Report.Wait("paid", PAID, HOUR, false)))
        .containsExactly(
            new RunFact.WaitStarted("paid", PAID, NOW + HOUR, OptionalLong.of(NOW), NOW));
  }

  @Test
  void aWaitTakesWhatAClockThatIsBehindSaysToBeEarlier() {
    var policy = new RunPolicy(4, 0, 10, 500);
    var since = PLACED.receivedAtMillis() - 500;

    assertThat(report(state(), policy, new Report.Wait("paid", PAID, HOUR, true)))
        .containsExactly(
            new RunFact.WaitStarted("paid", PAID, NOW + HOUR, OptionalLong.of(since), NOW));
    assertThat(report(state(), policy, new Report.Wait("paid", PAID, HOUR, false)))
        .containsExactly(
            new RunFact.WaitStarted("paid", PAID, NOW + HOUR, OptionalLong.of(NOW - 500), NOW));
  }

  @Test
  void aSignalIsHeardByWhoeverWaitsForItThen() {
    var signal = new Awaited.OfSignal("go");
    assertThat(report(state(), new Report.Wait("go", signal, HOUR, false)))
        .containsExactly(
            new RunFact.WaitStarted("go", signal, NOW + HOUR, OptionalLong.empty(), NOW));
  }

  @Test
  void aWaitTimesOutWhenItsInstantHasComeAndNoEventIsOnItsWay() {
    assertThat(facts(state(waiting("paid", NOW)), new RunCommand.Unmatched("paid")))
        .containsExactly(new RunFact.WaitTimedOut("paid", NOW));
    assertThat(facts(state(waiting("paid", NOW + 1)), new RunCommand.Unmatched("paid"))).isEmpty();
  }

  @Test
  void aWaitThatIsDueIsLookedAfterBeforeItTimesOut() {
    assertThat(facts(state(waiting("paid", NOW)), new RunCommand.Due("paid", NOW))).isEmpty();
  }

  @Test
  void anInvokeFailsWhenItsInstantHasComeAndNoSooner() {
    assertThat(facts(state(invoking("pack", NOW)), new RunCommand.Due("pack", NOW)))
        .containsExactly(
            new RunFact.InvokeEnded("pack", new Outcome.Failed(RunRules.INVOKE_TIMED_OUT), NOW));
    assertThat(facts(state(invoking("pack", NOW + 1)), new RunCommand.Due("pack", NOW))).isEmpty();
  }

  @Test
  void aTimerOfASleepOrARetryOrTheGuardNeedsNoFact() {
    var run = state(sleeping("nap", NOW), attemptFailed("charge", NOW));
    for (var step :
        List.of("nap", "charge", RunCommand.Due.OWN_CODE, RunCommand.Due.GUARD, "nobody")) {
      assertThat(facts(run, new RunCommand.Due(step, NOW))).as(step).isEmpty();
    }
  }

  @Test
  void theFirstEndOfAnInvokedRunStays() {
    var run = state(invoking("pack", NOW + HOUR));
    var end = new RunCommand.InvokeEnd("pack", new Outcome.Completed(DONE));

    var facts = facts(run, end);

    assertThat(facts)
        .containsExactly(new RunFact.InvokeEnded("pack", new Outcome.Completed(DONE), NOW));
    var later = new RunCommand.InvokeEnd("pack", new Outcome.Cancelled("late"));
    assertThat(facts(run.apply(facts.getFirst()), later)).isEmpty();
    assertThat(facts(run, new RunCommand.InvokeEnd("nobody", new Outcome.Cancelled("")))).isEmpty();
  }

  @Test
  void aReturnEndsTheRunAndWhatIsReportedBehindItIsLost() {
    assertThat(
            report(
                state(),
                new Report.Succeeded("charge", DONE, NOON),
                new Report.Returned(DONE),
                new Report.Succeeded("late", DONE, NOON)))
        .containsExactly(
            new RunFact.StepSucceeded("charge", DONE, NOON, NOW),
            new RunFact.Ended(new Outcome.Completed(DONE), NOW));
  }

  @Test
  void ownCodeIsTriedOnceMoreThanItsRetriesAndThenTheRunHasFailed() {
    var run = state();
    for (var attempt = 1; attempt <= 2; attempt++) {
      var fact = report(run, new Report.Broke(BOOM, BY_RULE)).getFirst();
      assertThat(fact).isInstanceOf(RunFact.AttemptFailed.class);
      run = run.apply(fact);
    }
    assertThat(report(run, new Report.Broke(BOOM, BY_RULE)))
        .containsExactly(new RunFact.Ended(new Outcome.Failed(BOOM), NOW));
  }

  @Test
  void ownCodeHasItsAttemptsAgainBehindEveryStep() {
    var broken = new RunFact.AttemptFailed(BOOM, NOON, NOON);
    for (var step :
        List.of(
            succeeded("s"),
            failed("s"),
            sleeping("s", NOON),
            waiting("s", NOON),
            invoking("s", NOON))) {
      var run = active(broken, broken, step);

      assertThat(run.setback()).as(step.toString()).isEmpty();
      assertThat(report(run, new Report.Broke(BOOM, BY_RULE)).getFirst())
          .isInstanceOf(RunFact.AttemptFailed.class);
    }
  }

  @Test
  void whatComesToAStepFromOutsideGivesOwnCodeNoAttemptsBack() {
    var broken = new RunFact.AttemptFailed(BOOM, NOON, NOON);
    var matched = new RunFact.WaitMatched("w", paid(2), NOON);
    for (var fact : List.of(matched, attemptFailed("f", NOON))) {
      assertThat(active(waiting("w", NOON), broken, fact).setback()).isPresent();
    }
  }

  @Test
  void aSignalThatAnotherRunWaitsForFailsTheWait() {
    var refuse = new RunCommand.Refuse("s", PLACED.id());

    var fact = facts(state(waiting("s", NOW + HOUR)), refuse).getFirst();

    assertThat(fact).isInstanceOf(RunFact.WaitRefused.class);
    assertThat(facts(state(waiting("s", NOW + HOUR), fact), refuse)).isEmpty();
    assertThat(facts(state(sleeping("s", NOW)), refuse)).isEmpty();
    assertThat(facts(state(completed()), refuse)).isEmpty();
    assertThat(facts(RunState.ABSENT, refuse)).isEmpty();
  }

  @Test
  void aRunThatWantsTooManyStepsFailsInsteadOfTheStepBeingRecorded() {
    var facts = new ArrayList<RunFact>();
    for (var i = 0; i < POLICY.stepsMax(); i++) {
      facts.add(succeeded("step-" + i));
    }
    var full = state(facts);

    for (var report :
        List.of(
            new Report.Succeeded("more", DONE, NOON),
            new Report.Threw("more", BOOM, BY_RULE, NOON),
            new Report.Sleep("more", NOON),
            new Report.Wait("more", PAID, 1, false),
            new Report.Invoke("more", "pack", DONE, 1))) {
      var ended = (RunFact.Ended) report(full, report).getFirst();
      assertThat(ended.outcome()).isInstanceOf(Outcome.Failed.class);
      assertThat(((Outcome.Failed) ended.outcome()).failure().name())
          .isEqualTo("InngestErrFunctionOverflowed");
    }
    assertThat(report(full, new Report.Returned(DONE)).getFirst())
        .isEqualTo(new RunFact.Ended(new Outcome.Completed(DONE), NOW));
  }

  @Test
  void aWarningIsGivenOnce() {
    var warned = report(state(), new Report.Warn("changed"), new Report.Warn("changed"));

    assertThat(warned).containsExactly(new RunFact.Warned("changed", NOW));
    assertThat(report(state(warned), new Report.Warn("changed"))).isEmpty();
  }

  @Test
  void aRunUnderWayCanBeCancelled() {
    assertThat(facts(state(sleeping("nap", NOW)), new RunCommand.Cancel("not wanted")))
        .containsExactly(new RunFact.Ended(new Outcome.Cancelled("not wanted"), NOW));
  }

  // A run that has ended.

  @Test
  void aRunThatHasEndedAcceptsWakeUpsAndReportsAndChangesNoMore() {
    for (var end : List.of(completed(), cancelled())) {
      var run = state(waiting("paid", NOON), invoking("pack", NOON), end);
      for (var command :
          List.of(
              new RunCommand.Start("fulfil-order", PLACED),
              new RunCommand.Due("paid", NOW),
              new RunCommand.Due(RunCommand.Due.GUARD, NOW),
              new RunCommand.InvokeEnd("pack", new Outcome.Completed(DONE)),
              new RunCommand.Progress(List.of(new Report.Returned(DONE))))) {
        assertThat(facts(run, command)).as(command.toString()).isEmpty();
      }
    }
  }

  @Test
  void aRunThatHasEndedCannotBeCancelled() {
    assertThat(decide(state(completed()), new RunCommand.Cancel("late")))
        .isEqualTo(new Decision.Refuse(new Refusal.AlreadyEnded(RunStatus.COMPLETED)));
  }

  private static List<RunFact> report(RunState state, Report... reports) {
    return report(state, POLICY, reports);
  }

  private static List<RunFact> report(RunState state, RunPolicy policy, Report... reports) {
    return facts(decide(state, new RunCommand.Progress(List.of(reports)), policy));
  }

  private static long retryAt(RunPolicy policy, Again again) {
    var fact = report(state(), policy, new Report.Threw("s", BOOM, again, NOON)).getFirst();
    return ((RunFact.StepAttemptFailed) fact).retryAtMillis();
  }

  private static List<RunFact> facts(RunState state, RunCommand command) {
    return facts(decide(state, command));
  }

  private static List<RunFact> facts(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Accept.class);
    return ((Decision.Accept) decision).facts();
  }

  private static Decision decide(RunState state, RunCommand command) {
    return decide(state, command, POLICY);
  }

  private static Decision decide(RunState state, RunCommand command, RunPolicy policy) {
    return RunRules.decide(state, command, policy, NOW, 0);
  }
}
