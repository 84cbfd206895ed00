package dev.stepwell.engine.run;

import static dev.stepwell.engine.run.Samples.BOOM;
import static dev.stepwell.engine.run.Samples.HOUR;
import static dev.stepwell.engine.run.Samples.NOON;
import static dev.stepwell.engine.run.Samples.SECOND;
import static dev.stepwell.engine.run.Samples.attemptFailed;
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
import dev.stepwell.engine.run.RunView.Kind;
import dev.stepwell.engine.run.RunView.Phase;
import dev.stepwell.engine.run.RunView.StepView;
import dev.stepwell.engine.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunViewsTest {

  private static final long NOW = NOON + 5 * SECOND;

  @Test
  void aRunThatIsNotThereIsNotShown() {
    assertThat(RunViews.of(Samples.RUN, RunState.ABSENT, NOW)).isEmpty();
  }

  @Test
  void aRunUnderWayIsRunning() {
    var view = view(state());

    assertThat(view.id()).isEqualTo(Samples.RUN);
    assertThat(view.function()).isEqualTo("fulfil-order");
    assertThat(view.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(view.event()).isEqualTo(Samples.PLACED);
    assertThat(view.startedAt()).isEqualTo(Instant.ofEpochMilli(NOON));
    assertThat(view.endedAt()).isEmpty();
    assertThat(view.output()).isEmpty();
    assertThat(view.failure()).isEmpty();
    assertThat(view.attempts()).isEqualTo(1);
  }

  @Test
  void eachOutcomeIsShownByItsStatusAndWhatItLeft() {
    var done = view(state(completed()));
    assertThat(done.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(done.output()).contains(Json.of("\"done\""));
    assertThat(done.endedAt()).contains(Instant.ofEpochMilli(NOON + HOUR));

    var failed = view(state(new RunFact.Ended(new Outcome.Failed(BOOM), NOON)));
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.failure()).contains(BOOM);

    var cancelled = view(state(Samples.cancelled()));
    assertThat(cancelled.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(cancelled.failure().orElseThrow().message()).isEqualTo("not wanted");
  }

  @Test
  void aFailedAttemptOfOwnCodeShowsWhenTheNextIs() {
    var view = view(state(new RunFact.AttemptFailed(BOOM, NOW + SECOND, NOON)));

    assertThat(view.attempts()).isEqualTo(2);
    assertThat(view.failure()).contains(BOOM);
    assertThat(view.retryAt()).contains(Instant.ofEpochMilli(NOW + SECOND));
  }

  @Test
  void stepsAreShownInTheOrderInWhichTheyBegan() {
    var names = List.of("zebra", "ant", "mole", "bee", "yak", "cow", "x", "a", "q");
    var facts = names.stream().<RunFact>map(Samples::succeeded).toList();

    assertThat(view(state(facts)).steps()).extracting(StepView::name).isEqualTo(names);
  }

  @Test
  void aStepThatIsRetriedKeepsItsPlace() {
    var view = view(state(attemptFailed("z", NOW), succeeded("a"), succeeded("z")));
    assertThat(view.steps()).extracting(StepView::name).containsExactly("z", "a");
  }

  @Test
  void aStepShowsItsAttempts() {
    var retried = view(state(attemptFailed("s", NOW), attemptFailed("s", NOW + 1)));
    assertStep(retried, Kind.RUN, Phase.RETRYING, 2);
    assertThat(only(retried).failure()).contains(BOOM);
    assertThat(only(retried).until()).contains(Instant.ofEpochMilli(NOW + 1));

    assertStep(view(state(succeeded("s"))), Kind.RUN, Phase.COMPLETED, 1);
    assertStep(view(state(attemptFailed("s", NOW), succeeded("s"))), Kind.RUN, Phase.COMPLETED, 2);
    assertStep(view(state(attemptFailed("s", NOW), failed("s"))), Kind.RUN, Phase.FAILED, 2);
  }

  @Test
  void aSleepIsCompletedWhenItsInstantHasComeThoughNoFactSaysSo() {
    var asleep = view(state(sleeping("s", NOW + 1)));
    assertStep(asleep, Kind.SLEEP, Phase.SLEEPING, 1);
    assertThat(only(asleep).endedAt()).isEmpty();

    var over = view(state(sleeping("s", NOW)));
    assertStep(over, Kind.SLEEP, Phase.COMPLETED, 1);
    assertThat(only(over).endedAt()).contains(Instant.ofEpochMilli(NOW));
  }

  @Test
  void aRunThatEndedWhileAsleepShowsTheSleepAsUnfinished() {
    var cancelled = state(sleeping("s", NOON + 2 * HOUR), Samples.cancelled());
    var view = RunViews.of(Samples.RUN, cancelled, NOON + 10 * HOUR).orElseThrow();
    assertStep(view, Kind.SLEEP, Phase.SLEEPING, 1);
  }

  @Test
  void aWaitShowsWhatItWaitsFor() {
    var waiting = view(state(waiting("s", NOW + HOUR)));
    assertStep(waiting, Kind.WAIT, Phase.WAITING, 1);
    assertThat(only(waiting).waitsFor()).contains("order/paid where data.orderId == \"o-1\"");
    assertThat(only(waiting).until()).contains(Instant.ofEpochMilli(NOW + HOUR));

    var any = new Awaited.OfEvent("order/paid", Optional.empty());
    assertThat(only(view(waitFor(any))).waitsFor()).contains("order/paid");
    var signal = view(waitFor(new Awaited.OfSignal("go")));
    assertStep(signal, Kind.SIGNAL, Phase.WAITING, 1);
    assertThat(only(signal).waitsFor()).contains("signal go");
  }

  @Test
  void anAnsweredWaitShowsTheAnswer() {
    var matched = view(state(waiting("s", NOW), new RunFact.WaitMatched("s", paid(2), NOW)));
    assertStep(matched, Kind.WAIT, Phase.COMPLETED, 1);
    assertThat(only(matched).output()).contains(Json.of("{\"orderId\":\"o-1\"}"));
    assertThat(only(matched).endedAt()).contains(Instant.ofEpochMilli(NOW));

    var timedOut = view(state(waiting("s", NOW), new RunFact.WaitTimedOut("s", NOW)));
    assertStep(timedOut, Kind.WAIT, Phase.TIMED_OUT, 1);
  }

  @Test
  void anInvokeShowsTheFunctionAndItsOutcome() {
    var waiting = view(state(invoking("s", NOW)));
    assertStep(waiting, Kind.INVOKE, Phase.WAITING, 1);
    assertThat(only(waiting).waitsFor()).contains("function pack");

    var done = new Outcome.Completed(Json.of("7"));
    var ended = view(state(invoking("s", NOW), new RunFact.InvokeEnded("s", done, NOW)));
    assertStep(ended, Kind.INVOKE, Phase.COMPLETED, 1);
    assertThat(only(ended).output()).contains(Json.of("7"));

    var failed = new Outcome.Failed(BOOM);
    var broken = view(state(invoking("s", NOW), new RunFact.InvokeEnded("s", failed, NOW)));
    assertStep(broken, Kind.INVOKE, Phase.FAILED, 1);
    assertThat(only(broken).failure()).contains(BOOM);
  }

  @Test
  void warningsAreShownInTheirOrder() {
    var view = view(state(new RunFact.Warned("b", NOON), new RunFact.Warned("a", NOON)));
    assertThat(view.warnings()).containsExactly("b", "a");
  }

  private static RunState waitFor(Awaited awaited) {
    return state(new RunFact.WaitStarted("s", awaited, NOW, OptionalLong.empty(), NOON));
  }

  private static void assertStep(RunView view, Kind kind, Phase phase, int attempts) {
    assertThat(only(view).kind()).isEqualTo(kind);
    assertThat(only(view).phase()).isEqualTo(phase);
    assertThat(only(view).attempts()).isEqualTo(attempts);
  }

  private static StepView only(RunView view) {
    assertThat(view.steps()).hasSize(1);
    return view.steps().getFirst();
  }

  private static RunView view(RunState state) {
    return RunViews.of(Samples.RUN, state, NOW).orElseThrow();
  }
}
