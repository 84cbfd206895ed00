package dev.stepwell.engine.run;

import static dev.stepwell.engine.run.Samples.BOOM;
import static dev.stepwell.engine.run.Samples.HOUR;
import static dev.stepwell.engine.run.Samples.NOON;
import static dev.stepwell.engine.run.Samples.PLACED;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Failure;
import dev.stepwell.engine.wire.Golden;
import dev.stepwell.engine.wire.Json;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What was once written is read for ever. */
class RunFactCodecTest {

  private static final Event WITH_EVERYTHING =
      new Event(
          PLACED.id(),
          Optional.of("order-1"),
          "order/placed",
          NOON - 5,
          NOON,
          Json.of("{\"n\":[1,2.50,null]}"),
          Optional.of(Json.of("{\"id\":7}")),
          Optional.of("v2"));

  private static final Failure DETAILED =
      new Failure("E", "no", "at", Optional.of(Json.of("{\"name\":\"E\",\"cause\":[1]}")));

  /** Never changed, only added to. */
  private static final Map<String, RunFact> GOLDEN =
      Map.ofEntries(
          Map.entry("started-v1", new RunFact.Started("fulfil-order", PLACED, NOON)),
          Map.entry("started-full-v1", new RunFact.Started("shop-sub", WITH_EVERYTHING, NOON)),
          Map.entry(
              "step-succeeded-v1",
              new RunFact.StepSucceeded("charge", Json.of("{\"id\":\"ch-1\"}"), NOON, NOON + 1)),
          Map.entry(
              "step-succeeded-null-v1",
              new RunFact.StepSucceeded("\u6F22\uD83D\uDC4D", Json.NULL, 0, Long.MAX_VALUE)),
          Map.entry(
              "step-attempt-failed-v1",
              new RunFact.StepAttemptFailed("charge", BOOM, NOON + 15_000, NOON, NOON + 1)),
          Map.entry("step-failed-v1", new RunFact.StepFailed("charge", BOOM, NOON, NOON + 1)),
          Map.entry("sleep-started-v1", new RunFact.SleepStarted("nap", NOON + HOUR, NOON)),
          Map.entry("wait-started-v1", Samples.waiting("paid", NOON + HOUR)),
          Map.entry(
              "wait-started-any-v1",
              new RunFact.WaitStarted(
                  "paid",
                  new Awaited.OfEvent("order/paid", Optional.empty()),
                  NOON + HOUR,
                  OptionalLong.empty(),
                  NOON)),
          Map.entry(
              "wait-started-signal-v1",
              new RunFact.WaitStarted(
                  "approval",
                  new Awaited.OfSignal("approve-8f3a"),
                  NOON + HOUR,
                  OptionalLong.empty(),
                  NOON)),
          Map.entry(
              "wait-started-expression-v1",
              new RunFact.WaitStarted(
                  "paid",
                  new Awaited.OfExpression("order/paid", "async.data.n > event.data.n"),
                  NOON + HOUR,
                  OptionalLong.of(NOON),
                  NOON)),
          Map.entry("spoken-v1", new RunFact.Spoken(2, NOON)),
          Map.entry("step-planned-v1", new RunFact.StepPlanned("charge", true, NOON)),
          Map.entry(
              "step-attempt-failed-detailed-v1",
              new RunFact.StepAttemptFailed("charge", DETAILED, NOON + 15_000, NOON, NOON + 1)),
          Map.entry(
              "step-failed-detailed-v1",
              new RunFact.StepFailed("charge", DETAILED, NOON, NOON + 1)),
          Map.entry(
              "attempt-failed-detailed-v1",
              new RunFact.AttemptFailed(DETAILED, NOON + 30_000, NOON + 1)),
          Map.entry(
              "ended-failed-detailed-v1",
              new RunFact.Ended(new Outcome.Failed(DETAILED), NOON + 2)),
          Map.entry(
              "wait-matched-v1", new RunFact.WaitMatched("paid", Samples.paid(9), NOON + 60_000)),
          Map.entry("wait-timed-out-v1", new RunFact.WaitTimedOut("paid", NOON + HOUR)),
          Map.entry("wait-refused-v1", new RunFact.WaitRefused("approval", BOOM, NOON)),
          Map.entry("invoke-started-v1", Samples.invoking("pack", NOON + HOUR)),
          Map.entry(
              "invoke-ended-completed-v1",
              new RunFact.InvokeEnded("pack", new Outcome.Completed(Json.of("[1]")), NOON + 7)),
          Map.entry(
              "invoke-ended-failed-v1",
              new RunFact.InvokeEnded(
                  "pack", new Outcome.Failed(new Failure("E", "", "")), NOON + 7)),
          Map.entry(
              "invoke-ended-cancelled-v1",
              new RunFact.InvokeEnded("pack", new Outcome.Cancelled("by hand"), NOON + 7)),
          Map.entry("attempt-failed-v1", new RunFact.AttemptFailed(BOOM, NOON + 30_000, NOON + 1)),
          Map.entry("warned-v1", new RunFact.Warned("the code has changed", NOON)),
          Map.entry("ended-completed-v1", Samples.completed()),
          Map.entry("ended-failed-v1", new RunFact.Ended(new Outcome.Failed(BOOM), NOON + 2)),
          Map.entry("ended-cancelled-v1", Samples.cancelled()));

  @Test
  void everyFactKeepsItsForm() {
    new TreeMap<>(GOLDEN)
        .forEach((file, fact) ->
            Golden.assertKept(RunFactCodec.INSTANCE, "run-fact/" + file + ".hex", fact));
  }

  @Test
  void everyKindOfFactHasASample() {
    Golden.assertComplete(RunFact.class, GOLDEN.values());
    Golden.assertComplete(
        Outcome.class,
        GOLDEN.values().stream()
            .filter(RunFact.Ended.class::isInstance)
            .map(fact -> ((RunFact.Ended) fact).outcome())
            .toList());
    Golden.assertComplete(
        Awaited.class,
        GOLDEN.values().stream()
            .filter(RunFact.WaitStarted.class::isInstance)
            .map(fact -> ((RunFact.WaitStarted) fact).awaited())
            .toList());
  }

  @Test
  void corruptBytesAreSeen() {
    var random = new Random(4);
    GOLDEN
        .values()
        .forEach(fact -> Golden.assertCorruptionIsSeen(RunFactCodec.INSTANCE, fact, random));
  }

  @Test
  void anUnknownKindIsRefused() {
    for (var kind : new int[] {0, 20, 255}) {
      assertThatIllegalStateException()
          .isThrownBy(() -> RunFactCodec.INSTANCE.decode(new byte[] {(byte) kind, 0, 0}))
          .withMessageContaining(Integer.toString(kind));
    }
  }
}
