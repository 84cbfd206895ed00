package dev.stepwell.engine.run;

import static dev.stepwell.engine.run.Samples.BOOM;
import static dev.stepwell.engine.run.Samples.HOUR;
import static dev.stepwell.engine.run.Samples.NOON;
import static dev.stepwell.engine.run.Samples.PLACED;
import static dev.stepwell.engine.run.Samples.RUN;
import static dev.stepwell.engine.run.Samples.SECOND;
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

import dev.stepwell.engine.port.RunIndex;
import dev.stepwell.engine.port.RunStatus;
import dev.stepwell.engine.run.Effect.Audience;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunEffectsTest {

  private static final long NOW = NOON + 5 * SECOND;
  private static final long SHORT = 10 * SECOND;
  private static final Json DONE = Json.of("\"done\"");

  @Test
  void aResultOrAWarningHasNoEffect() {
    assertThat(after(succeeded("a"), failed("b"), new RunFact.Warned("changed", NOON))).isEmpty();
  }

  @Test
  void aShortPauseIsAnAlarmAndALongOneATimer() {
    assertThat(after(sleeping("nap", NOW + SHORT))).containsExactly(alarm("nap", NOW + SHORT));
    assertThat(after(sleeping("nap", NOW + SHORT + 1)))
        .containsExactly(timer("nap", NOW + SHORT + 1));
    assertThat(after(attemptFailed("charge", NOW + HOUR)))
        .containsExactly(timer("charge", NOW + HOUR));
    assertThat(after(new RunFact.AttemptFailed(BOOM, NOW + HOUR, NOON)))
        .containsExactly(timer(RunCommand.Due.OWN_CODE, NOW + HOUR));
  }

  @Test
  void aWaitIsRegisteredAndHasATimerForItsEnd() {
    var wait = waiting("paid", NOW + HOUR);
    assertThat(after(wait))
        .containsExactlyInAnyOrder(new Effect.Register(wait), timer("paid", NOW + HOUR));
  }

  @Test
  void anAnsweredWaitNeedsItsTimerNoMore() {
    assertThat(
            afterLast(waiting("paid", NOW + HOUR), new RunFact.WaitMatched("paid", paid(2), NOW)))
        .containsExactly(new Effect.CancelTimer("paid", NOW + HOUR));
  }

  @Test
  void aWaitThatTimedOutIsWithdrawn() {
    var wait = waiting("paid", NOW);
    assertThat(afterLast(wait, new RunFact.WaitTimedOut("paid", NOW)))
        .containsExactly(new Effect.Unregister(wait));
  }

  @Test
  void anInvokeIsOneEventForOneFunctionTheSameWheneverItIsMade() {
    var invoke = invoking("pack", NOW + HOUR);

    var effects = after(invoke);

    assertThat(effects).contains(timer("pack", NOW + HOUR));
    var publish = only(effects, Effect.Publish.class);
    assertThat(publish.audience()).isEqualTo(new Audience.Only("pack"));
    assertThat(publish)
        .isEqualTo(only(outstanding(state(invoke), NOW + HOUR), Effect.Publish.class));
    assertThat(Invocation.caller(publish.event())).contains(new Invocation.Caller(RUN, "pack"));
  }

  @Test
  void whatIsInvokedDoesNotTellItsCallerByAMemberOfTheInput() {
    var forged =
        new RunFact.InvokeStarted(
            "pack",
            "pack",
            Json.of("{\"_inngest\":{\"correlation_id\":\"x.y\"},\"b\":{\"_inngest\":1}}"),
            NOW,
            NOON);

    var event = only(after(forged), Effect.Publish.class).event();

    assertThat(Invocation.caller(event)).contains(new Invocation.Caller(RUN, "pack"));
    assertThat(event.data().toString()).startsWith("{\"b\":{\"_inngest\":1},\"_inngest\":{");
  }

  @Test
  void theInputOfAnInvokedRunIsHandedOnByteByByte() {
    var deep = "[".repeat(100_000) + "]".repeat(100_000);
    var input =
        "{ \"exact\" : 12345678901234567890.12345678901234567890 ,\"1e2\":1e2,\"long\":"
            + "7".repeat(5_000)
            + ",\"text\":\"\\u00e4\\uD83D ä\",\"deep\":"
            + deep
            + " }";
    var invoke = new RunFact.InvokeStarted("pack", "pack", Json.of(input), NOW, NOON);

    var event = only(after(invoke), Effect.Publish.class).event();

    assertThat(event.data().toString())
        .startsWith(
            "{\"exact\" : 12345678901234567890.12345678901234567890,\"1e2\":1e2,\"long\":777")
        .contains(",\"text\":\"\\u00e4\\uD83D ä\",\"deep\":" + deep + ",\"_inngest\":{\"fn_id\":");
    assertThat(Invocation.caller(event)).contains(new Invocation.Caller(RUN, "pack"));
  }

  @Test
  void anOrdinaryEventHasNoCallerWhateverItsDataSay() {
    var forged =
        Samples.event(7, "order/placed", "{\"_inngest\":{\"correlation_id\":\"" + RUN + ".a\"}}");
    assertThat(Invocation.caller(forged)).isEmpty();
  }

  @Test
  void anEndIsListedAndLetsGoOfEverythingPending() {
    var wait = waiting("paid", NOW + HOUR);
    var run =
        state(
            succeeded("charge"),
            wait,
            sleeping("nap", NOW + HOUR),
            sleeping("over", NOW - 1),
            attemptFailed("retried", NOW + HOUR),
            invoking("pack", NOW + HOUR),
            cancelled());

    assertThat(outstanding(run, NOW))
        .containsExactlyInAnyOrder(
            new Effect.Unregister(wait),
            new Effect.CancelTimer("paid", NOW + HOUR),
            new Effect.CancelTimer("nap", NOW + HOUR),
            new Effect.CancelTimer("retried", NOW + HOUR),
            new Effect.CancelTimer("pack", NOW + HOUR),
            new Effect.Enlist(
                new RunIndex.Row(
                    RUN,
                    "fulfil-order",
                    RunStatus.CANCELLED,
                    PLACED.id(),
                    "order/placed",
                    NOON,
                    OptionalLong.of(NOON + HOUR))));
  }

  @Test
  void whatFollowsFromAnEndIsMadeSureOfAgain() {
    var facts = List.<RunFact>of(waiting("paid", NOW + HOUR), completed());
    assertThat(outstanding(state(facts), NOW))
        .containsExactlyElementsOf(
            RunEffects.after(RUN, state(facts), List.of(completed()), NOW, SHORT, _ -> false));
  }

  @Test
  void theEndOfAnInvokedRunIsToldToItsCaller() {
    var invoked = only(after(invoking("pack", NOW + HOUR)), Effect.Publish.class).event();
    var child = RUN.derive("child");
    var ended = startedBy(invoked).apply(completed());

    assertThat(RunEffects.outstanding(child, ended, NOW, SHORT, _ -> false))
        .contains(new Effect.TellCaller(RUN, "pack", new Outcome.Completed(DONE)));
  }

  @Test
  void anEndIsPublishedIfSomebodyListensTheSameEventEachTime() {
    var ended = state(new RunFact.Ended(new Outcome.Failed(BOOM), NOON + HOUR));

    var first = published(ended, OwnEvents.FINISHED, OwnEvents.FAILED);

    assertThat(first).extracting(Event::name).containsExactly(OwnEvents.FINISHED, OwnEvents.FAILED);
    assertThat(first).extracting(Event::id).doesNotHaveDuplicates();
    assertThat(published(ended, OwnEvents.FINISHED, OwnEvents.FAILED)).isEqualTo(first);
    assertThat(published(ended, OwnEvents.FAILED)).hasSize(1);
    assertThat(published(ended, OwnEvents.CANCELLED)).isEmpty();
  }

  @Test
  void theEndOfARunThatAnEndStartedIsNotPublished() {
    for (var name : List.of(OwnEvents.FINISHED, OwnEvents.FAILED, OwnEvents.CANCELLED)) {
      var ended = startedBy(Samples.event(3, name, "{}")).apply(completed());
      assertThat(published(ended, OwnEvents.FINISHED, OwnEvents.FAILED, OwnEvents.CANCELLED))
          .as(name)
          .isEmpty();
    }
  }

  @Test
  void thePublishedEndSaysHowTheRunEnded() {
    assertThat(publishedData(new Outcome.Completed(Json.of("{\"a\":1}"))))
        .contains("\"result\":{\"a\":1}", "\"status\":\"Completed\"", "\"run_id\":\"" + RUN + "\"")
        .contains("\"function_id\":\"fulfil-order\"", "\"data\":{\"orderId\":\"o-1\"}");
    assertThat(publishedData(new Outcome.Failed(BOOM)))
        .contains("\"error\":{\"name\":\"shop.CardDeclined\",\"message\":\"no money\"")
        .contains("\"status\":\"Failed\"");
    assertThat(publishedData(new Outcome.Cancelled("not wanted")))
        .contains("\"message\":\"not wanted\"", "\"status\":\"Cancelled\"");
  }

  @Test
  void aRunThatIsNotThereHasNoEffects() {
    assertThat(outstanding(RunState.ABSENT, NOW)).isEmpty();
  }

  @Test
  void theRunWaitsForTheAnswersOfWhatMustBeStored() {
    var wait = waiting("paid", NOW);
    assertThat(List.of(alarm("a", 1), new Effect.CancelTimer("a", 1), new Effect.Unregister(wait)))
        .noneMatch(Effect::answered);
    assertThat(
            List.of(
                timer("a", 1),
                new Effect.Register(wait),
                new Effect.Publish(PLACED, new Audience.Everybody()),
                new Effect.TellCaller(RUN, "a", new Outcome.Cancelled("")),
                new Effect.Enlist(RunEffects.row(RUN, state()))))
        .allMatch(Effect::answered);
  }

  private static RunState startedBy(Event event) {
    return RunState.ABSENT.apply(new RunFact.Started("pack", event, NOON));
  }

  private static String publishedData(Outcome outcome) {
    var ended = state(new RunFact.Ended(outcome, NOON + HOUR));
    return published(ended, OwnEvents.FINISHED).getFirst().data().toString();
  }

  private static List<Event> published(RunState state, String... heard) {
    return RunEffects.outstanding(RUN, state, NOW, SHORT, List.of(heard)::contains).stream()
        .filter(Effect.Publish.class::isInstance)
        .map(effect -> ((Effect.Publish) effect).event())
        .toList();
  }

  private static <E extends Effect> E only(List<Effect> effects, Class<E> kind) {
    var found = effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static List<Effect> after(RunFact... facts) {
    return RunEffects.after(RUN, state(facts), List.of(facts), NOW, SHORT, _ -> false);
  }

  /** What follows from the last fact, the others having been stored before. */
  private static List<Effect> afterLast(RunFact... facts) {
    var last = new ArrayList<>(List.of(facts)).getLast();
    return RunEffects.after(RUN, state(facts), List.of(last), NOW, SHORT, _ -> false);
  }

  private static List<Effect> outstanding(RunState state, long now) {
    return RunEffects.outstanding(RUN, state, now, SHORT, _ -> false);
  }

  private static Effect alarm(String step, long due) {
    return new Effect.Alarm(step, due);
  }

  private static Effect timer(String step, long due) {
    return new Effect.SetTimer(step, due);
  }
}
