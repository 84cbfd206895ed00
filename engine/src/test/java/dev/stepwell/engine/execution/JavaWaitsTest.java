package dev.stepwell.engine.execution;

import static dev.stepwell.engine.execution.FakeDesk.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.DurableFunction;
import dev.stepwell.EventName;
import dev.stepwell.FailedRun;
import dev.stepwell.FunctionSpec;
import dev.stepwell.OutgoingEvent;
import dev.stepwell.StepFailedException;
import dev.stepwell.Steps;
import dev.stepwell.engine.port.EventIndex.Match;
import dev.stepwell.engine.run.Awaited;
import dev.stepwell.engine.run.Outcome;
import dev.stepwell.engine.run.Report;
import dev.stepwell.engine.run.RunFact;
import dev.stepwell.engine.wire.Event;
import dev.stepwell.engine.wire.Json;
import dev.stepwell.engine.wire.Ulid;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The verbs by which a run has to do with others: wait, invoke, send, and its failure handler. */
class JavaWaitsTest {

  private static final long HOUR = 3_600_000;

  @EventName("order/paid")
  record Paid(String orderId, int cents) {}

  @EventName("inngest/function.finished")
  record Finished(String run_id) {}

  /** Something to invoke. */
  private static final class Pack implements DurableFunction<Paid, Integer> {
    @Override
    public FunctionSpec<Paid> spec() {
      return FunctionSpec.onEvent("pack", Paid.class);
    }

    @Override
    public Integer run(Paid event, Steps step) {
      return event.cents();
    }
  }

  /** Something that handles its failure. */
  private static final class Fragile implements DurableFunction<Paid, String> {
    private final List<FailedRun<Paid>> failed = new ArrayList<>();

    @Override
    public FunctionSpec<Paid> spec() {
      return FunctionSpec.onEvent("fragile", Paid.class);
    }

    @Override
    public String run(Paid event, Steps step) {
      return "";
    }

    @Override
    public void onFailure(FailedRun<Paid> failedRun, Steps step) {
      failed.add(failedRun);
    }
  }

  record Weight(BigDecimal kilograms) {}

  /** Fails, and takes its event into its hands once more. */
  private static final class Weigh implements DurableFunction<Weight, String> {
    private final List<Weight> failed = new ArrayList<>();

    @Override
    public FunctionSpec<Weight> spec() {
      return FunctionSpec.onEvents("weigh", Weight.class, "order/packed");
    }

    @Override
    public String run(Weight event, Steps step) {
      return "";
    }

    @Override
    public void onFailure(FailedRun<Weight> failedRun, Steps step) {
      failed.add(failedRun.event());
    }
  }

  private static final Story.Body WAITS =
      (order, step) ->
          step.waitFor("paid", Paid.class)
              .where(Paid::orderId)
              .is(order.orderId())
              .atMost(Duration.ofHours(1))
              .map(paid -> "paid " + paid.cents())
              .orElse("nobody paid");

  private static final Awaited FOR_ORDER =
      new Awaited.OfEvent("order/paid", Optional.of(new Match("data.orderId", "\"o-1\"")));
  private static final RunFact.WaitStarted WAITING =
      new RunFact.WaitStarted("paid", FOR_ORDER, NOON + HOUR, OptionalLong.of(NOON), NOON);

  @Test
  void aWaitSaysWhatItIsForAndLooksBack() {
    var desk = Story.desk(WAITS);
    desk.live();
    assertThat(desk.writes())
        .containsExactly(List.of(new Report.Wait("paid", FOR_ORDER, HOUR, true)));
    assertThat(desk.idle()).isTrue();
  }

  @Test
  void aMatchLetsTheRunGoOnWithTheEvent() {
    var desk = Story.desk(WAITS);
    desk.live();

    desk.happen(new RunFact.WaitMatched("paid", paid("{\"orderId\":\"o-1\",\"cents\":7}"), NOON));
    desk.rest();

    assertThat(desk.outcome()).isEqualTo(completed("paid 7"));
  }

  @Test
  void aTimeOutLetsTheRunGoOnWithoutOne() {
    var desk = Story.desk(WAITS);
    desk.live();

    desk.happen(new RunFact.WaitTimedOut("paid", NOON + HOUR));
    desk.rest();

    assertThat(desk.outcome()).isEqualTo(completed("nobody paid"));
  }

  @Test
  void inTheNextLifeAnAnsweredWaitIsAnsweredAtOnceAndAnotherIsWaitedForAgain() {
    var matched = new RunFact.WaitMatched("paid", paid("{\"orderId\":\"o-1\",\"cents\":7}"), NOON);
    var answered = Story.desk(WAITS).after(WAITING, matched);
    answered.live();
    assertThat(answered.outcome()).isEqualTo(completed("paid 7"));

    var open = Story.desk(WAITS).after(WAITING);
    open.live();
    assertThat(open.idle()).isTrue();
    assertThat(open.writes()).isEmpty();
  }

  @Test
  void aSignalIsWaitedForFromNowOn() {
    var desk =
        Story.desk((_, step) ->
            step.waitForSignal("go", "sig-1", String.class, Duration.ofHours(1)).orElse("none"));
    desk.live();
    assertThat(desk.writes())
        .containsExactly(
            List.of(new Report.Wait("go", new Awaited.OfSignal("sig-1"), HOUR, false)));

    desk.happen(new RunFact.WaitMatched("go", paid("\"now\""), NOON));
    desk.rest();

    assertThat(desk.outcome()).isEqualTo(completed("now"));
  }

  @Test
  void aSignalThatAnotherRunWaitsForFailsTheStep() {
    var desk =
        Story.desk((_, step) -> {
          try {
            return step.waitForSignal("go", "sig-1", String.class, Duration.ofHours(1)).orElse("");
          } catch (StepFailedException taken) {
            return taken.step() + " taken";
          }
        });
    desk.live();

    desk.happen(new RunFact.WaitRefused("go", Story.BOOM, NOON));
    desk.rest();

    assertThat(desk.outcome()).isEqualTo(completed("go taken"));
  }

  @Test
  void nobodyWaitsForTheEnginesOwnEventsOrWithTwoConditions() {
    var desk =
        Story.desk((_, step) -> {
          assertThatThrownBy(() -> step.waitFor("own", Finished.class))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() ->
                  step.waitFor("two", Paid.class)
                      .where(Paid::orderId)
                      .is("a")
                      .where(Paid::cents)
                      .is(1))
              .isInstanceOf(IllegalArgumentException.class);
          return "refused";
        });
    desk.live();
    assertThat(desk.outcome()).isEqualTo(completed("refused"));
  }

  @Test
  void anInvokeIsReportedOnceAndAnsweredByTheOtherRunsEnd() {
    var desk = invoking();
    desk.live();
    assertThat(desk.writes())
        .containsExactly(
            List.of(
                new Report.Invoke(
                    "pack", "pack", Json.of("{\"orderId\":\"o-1\",\"cents\":5}"), HOUR)));

    desk.happen(new RunFact.InvokeEnded("pack", new Outcome.Completed(Json.of("5")), NOON));
    desk.rest();

    assertThat(desk.outcome()).isEqualTo(completed("5 packed"));
  }

  @Test
  void anInvokedRunThatFailedOrWasCancelledFailsTheStep() {
    for (var end : List.of(new Outcome.Failed(Story.BOOM), new Outcome.Cancelled("boom"))) {
      var desk = invoking();
      desk.live();
      desk.happen(new RunFact.InvokeEnded("pack", end, NOON));
      desk.rest();
      assertThat(((Outcome.Completed) desk.outcome()).output().toString()).contains("boom");
    }
  }

  private static FakeDesk invoking() {
    Story.Body body =
        (order, step) -> {
          try {
            var packed =
                step.invoke("pack", Pack.class, new Paid(order.orderId(), 5), Duration.ofHours(1));
            return packed + " packed";
          } catch (StepFailedException failed) {
            return failed.lastError();
          }
        };
    return new FakeDesk(new Story(body), new Pack());
  }

  @Test
  void whatAStepSendsHasTheSameIdsInEveryLife() {
    Story.Body body =
        (order, step) -> {
          step.run("before", () -> "1");
          step.send("tell", List.of(new Paid("a", 1), new Paid("b", 2)));
          return "told";
        };
    var first = Story.desk(body);
    first.live();

    var second = Story.desk(body).after(Story.succeeded("before", "\"1\""));
    second.time.advance(Duration.ofDays(1));
    second.live();

    assertThat(first.sent.getFirst()).extracting(Event::id).doesNotHaveDuplicates();
    assertThat(second.sent.getFirst().stream().map(Event::id))
        .isEqualTo(first.sent.getFirst().stream().map(Event::id).toList());
    assertThat(first.sent.getFirst()).extracting(Event::name).containsOnly("order/paid");
  }

  @Test
  void whatWasSentIsNotSentAgainInTheNextLife() {
    var desk =
        Story.desk(
                (_, step) -> {
                  step.send("tell", OutgoingEvent.of(new Paid("a", 1)));
                  return "told";
                })
            .after(Story.succeeded("tell", "{\"ids\":[]}"));
    desk.live();
    assertThat(desk.sent).isEmpty();
  }

  @Test
  void aFailedRunsHandlerIsGivenTheTriggerAndTheError() {
    var fragile = new Fragile();
    var data =
        """
        {"function_id":"fragile","run_id":"01KDWK0000R0000000000000R9",
         "event":{"id":"x","name":"order/paid","data":{"orderId":"o-7","cents":3},"ts":1},
         "error":{"name":"E","message":"boom","stack":""}}\
        """;
    var desk = new FakeDesk(fragile).begunBy("fragile-failure", Json.of(data));

    desk.live();

    assertThat(desk.outcome()).isEqualTo(new Outcome.Completed(Json.NULL));
    var failed = fragile.failed.getFirst();
    assertThat(failed.event()).isEqualTo(new Paid("o-7", 3));
    assertThat(failed.errorMessage()).isEqualTo("boom");
  }

  @Test
  void noNumberIsRoundedOnItsWayToTheHandler() {
    var weigh = new Weigh();
    var kilograms = "12345678901234567890.123456789012345678900";
    var data =
        "{\"event\":{\"data\":{\"kilograms\":"
            + kilograms
            + "}},\"run_id\":\"01KDWK0000R0000000000000R9\",\"error\":{\"name\":\"E\",\"message\":\"\"}}";
    var desk = new FakeDesk(weigh).begunBy("weigh-failure", Json.of(data));

    desk.live();

    assertThat(weigh.failed).containsExactly(new Weight(new BigDecimal(kilograms)));
  }

  @Test
  void aRunIsToldWhoItIsAndWhatStartedIt() {
    var desk =
        Story.desk((_, step) ->
            step.info().function() + " " + step.info().attempt() + " " + step.event().id());
    desk.after(new RunFact.AttemptFailed(Story.BOOM, NOON, NOON));
    desk.live();
    assertThat(desk.outcome()).isEqualTo(completed("story 2 order-1"));
  }

  private static Outcome completed(String output) {
    return new Outcome.Completed(Json.of("\"" + output + "\""));
  }

  private static Event paid(String data) {
    return new Event(
        Ulid.of(NOON, 0, 7),
        Optional.empty(),
        "order/paid",
        NOON,
        NOON,
        Json.of(data),
        Optional.empty(),
        Optional.empty());
  }
}
